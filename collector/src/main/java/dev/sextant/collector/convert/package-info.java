/** Turns what other tracers send into OTLP export requests. */
@NullMarked
package dev.sextant.collector.convert;

import org.jspecify.annotations.NullMarked;
