/** Metrics of the JVM by the semantic conventions. */
@NullMarked
package dev.sextant.agent.instrumentation.runtimemetrics;

import org.jspecify.annotations.NullMarked;
