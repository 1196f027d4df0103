/** Routes of Spring WebFlux and Spring Cloud Gateway, and the context in Reactor's. */
@NullMarked
package dev.sextant.agent.instrumentation.springwebflux;

import org.jspecify.annotations.NullMarked;
