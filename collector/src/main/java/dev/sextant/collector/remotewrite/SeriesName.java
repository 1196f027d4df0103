package dev.sextant.collector.remotewrite;

import dev.sextant.metrics.model.Labels;

/**
 * The labels of a {@code TimeSeries}, found good.
 *
 * @param target its {@code job} and {@code instance}
 */
record SeriesName(Labels target, Labels labels) {}
