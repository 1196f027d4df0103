/** The trace context follows tasks through {@code java.util.concurrent}. */
@NullMarked
package dev.sextant.agent.instrumentation.executors;

import org.jspecify.annotations.NullMarked;
