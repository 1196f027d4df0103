/** Trace ids in Logback's MDC, and its records as OTLP log records. */
@NullMarked
package dev.sextant.agent.instrumentation.logback;

import org.jspecify.annotations.NullMarked;
