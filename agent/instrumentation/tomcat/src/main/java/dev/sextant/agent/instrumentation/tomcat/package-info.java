/** Requests that Tomcat 8 to 11 serves. */
@NullMarked
package dev.sextant.agent.instrumentation.tomcat;

import org.jspecify.annotations.NullMarked;
