/**
 * PromQL over any {@link dev.sextant.metrics.model.SeriesSource}; {@link PromEngine} is the door.
 */
@NullMarked
package dev.sextant.promql;

import org.jspecify.annotations.NullMarked;
