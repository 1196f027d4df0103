/** What it costs to take telemetry in. */
@NullMarked
package dev.sextant.benchmarks.ingest;

import org.jspecify.annotations.NullMarked;
