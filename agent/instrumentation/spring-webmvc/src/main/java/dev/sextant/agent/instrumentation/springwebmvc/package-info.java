/** Routes of Spring MVC, for the servlet API under both of its names. */
@NullMarked
package dev.sextant.agent.instrumentation.springwebmvc;

import org.jspecify.annotations.NullMarked;
