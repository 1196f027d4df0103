/** Lets Reactor Netty's client find the trace context of whoever subscribes. */
@NullMarked
package dev.sextant.agent.instrumentation.reactornetty;

import org.jspecify.annotations.NullMarked;
