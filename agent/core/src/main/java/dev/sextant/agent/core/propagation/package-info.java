/**
 * In which headers a request says to which trace it belongs: W3C's, Zipkin's, Jaeger's,
 * SkyWalking's.
 */
@NullMarked
package dev.sextant.agent.core.propagation;

import org.jspecify.annotations.NullMarked;
