/**
 * Operators on series that have a value or none at each of a row of steps: aggregation, vector
 * matching, arithmetic, sets, top k. They know nothing of how a query language makes such series
 * from samples, so that languages other than PromQL use them too.
 *
 * <p>Everything here streams series by series where the operator allows it. A {@link
 * dev.sextant.promql.step.SeriesStream} hands over each series with its arrays: whoever receives it
 * may change it.
 */
@NullMarked
package dev.sextant.promql.step;

import org.jspecify.annotations.NullMarked;
