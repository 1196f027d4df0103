/**
 * Operators on series that have a value or none at each of a row of steps: aggregation, vector
 * matching, arithmetic, sets, top k. They know nothing of how a query language makes such series
 * from samples, so that languages other than PromQL use them too.
 *
 * <p><b>Shapes.</b> {@link dev.sextant.promql.step.Steps} is the row: evenly spaced times in
 * milliseconds since the epoch, one at least. {@link dev.sextant.promql.step.StepSeries} is one
 * series over it: labels, and at each step a double, a native histogram or nothing. {@link
 * dev.sextant.promql.step.SeriesStream} hands over one series after another with its arrays:
 * whoever receives it may change it, whoever gave it no longer looks at it. All series of a stream
 * have the same number of steps. Two of them may have the same labels so long as no step has
 * something in both; {@link dev.sextant.promql.step.SameLabels} joins such or refuses others.
 *
 * <p><b>Operators.</b>
 *
 * <ul>
 *   <li>{@link dev.sextant.promql.step.Aggregation#reduce}: sum, average, count, group, least,
 *       greatest, deviation. Keeps a figure per group and step and never its input.
 *   <li>{@link dev.sextant.promql.step.Distribution}: quantiles and counts of values.
 *   <li>{@link dev.sextant.promql.step.Selection#pick}, {@link
 *       dev.sextant.promql.step.RatioSample}: top, bottom and first k, a share of the series.
 *   <li>{@link dev.sextant.promql.step.VectorOperation}: arithmetic and comparison between two
 *       vectors, one to one or grouped. Holds the side whose series must be unique.
 *   <li>{@link dev.sextant.promql.step.ScalarOperation}: the same with one number a step.
 *   <li>{@link dev.sextant.promql.step.SetOperation}: and, or, unless. Holds bits.
 * </ul>
 *
 * <p><b>Order.</b> Groups come in order of their first series, results of matching in order of the
 * side that may have several partners, picked series as they came, or best first where there is one
 * step. Sorting a result by labels is the caller's.
 *
 * <p><b>Errors.</b> What cannot go on is a {@link dev.sextant.promql.step.StepException} in
 * Prometheus' words, while the stream is read at the latest. Limits and cancellation are the {@link
 * dev.sextant.promql.step.StepContext}'s, whose exceptions pass through. What is only worth knowing
 * goes to {@link dev.sextant.promql.step.Notices}.
 *
 * <p>Everything here is for one thread.
 */
@NullMarked
package dev.sextant.promql.step;

import org.jspecify.annotations.NullMarked;
