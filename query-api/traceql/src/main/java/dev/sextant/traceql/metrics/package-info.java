/**
 * Series of spans over time. Spans are sorted into groups and buckets a batch at a time, over
 * columns; whole traces are asked for only where a query tells something of them.
 */
@NullMarked
package dev.sextant.traceql.metrics;

import org.jspecify.annotations.NullMarked;
