/** HTTP/1.1 servers and clients on Netty 4.1 and 4.2, Reactor Netty among them. */
@NullMarked
package dev.sextant.agent.instrumentation.netty;

import org.jspecify.annotations.NullMarked;
