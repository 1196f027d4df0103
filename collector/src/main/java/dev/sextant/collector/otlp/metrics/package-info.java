/** OTLP's metrics into Prometheus' series, as its compatibility specification maps them. */
@NullMarked
package dev.sextant.collector.otlp.metrics;

import org.jspecify.annotations.NullMarked;
