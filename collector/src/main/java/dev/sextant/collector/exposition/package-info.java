/** Prometheus' text formats: 0.0.4 and OpenMetrics 1.0. */
@NullMarked
package dev.sextant.collector.exposition;

import org.jspecify.annotations.NullMarked;
