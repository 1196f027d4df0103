/**
 * Pipelines over batches of traces. Each step takes spansets and gives spansets; none of it
 * recurses into traces, and no step takes more than n log n time for n spans.
 */
@NullMarked
package dev.sextant.traceql.spanset;

import org.jspecify.annotations.NullMarked;
