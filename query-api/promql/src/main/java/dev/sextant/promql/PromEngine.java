package dev.sextant.promql;

import dev.sextant.metrics.model.SeriesSource;
import dev.sextant.promql.ast.Expr;
import dev.sextant.promql.exec.Evaluation;
import dev.sextant.promql.exec.Execution;
import dev.sextant.promql.exec.QueryBounds;
import dev.sextant.promql.parse.ParseException;
import dev.sextant.promql.parse.PromParser;
import java.util.function.LongSupplier;

/**
 * Evaluates PromQL over any {@link SeriesSource}. Immutable and thread-safe: a query runs on the
 * thread that asks, and any number may run at once.
 *
 * <p>Every method throws {@link PromException}; a failing source's own exceptions pass through.
 */
public final class PromEngine {
  private final QueryLimits limits;
  private final PromOptions options;
  private final LongSupplier nanoTime;
  private final boolean statistics;

  public PromEngine(QueryLimits limits) {
    this(limits, PromOptions.DEFAULT);
  }

  public PromEngine(QueryLimits limits, PromOptions options) {
    this(limits, options, System::nanoTime);
  }

  /**
   * @param nanoTime a monotonic clock in nanoseconds, by which time limits are kept
   */
  public PromEngine(QueryLimits limits, PromOptions options, LongSupplier nanoTime) {
    this(limits, options, nanoTime, false);
  }

  private PromEngine(
      QueryLimits limits, PromOptions options, LongSupplier nanoTime, boolean statistics) {
    this.limits = limits;
    this.options = options;
    this.nanoTime = nanoTime;
    this.statistics = statistics;
  }

  public QueryLimits limits() {
    return limits;
  }

  public PromOptions options() {
    return options;
  }

  /** The same engine with other limits. */
  public PromEngine withLimits(QueryLimits value) {
    return new PromEngine(value, options, nanoTime, statistics);
  }

  /** The same engine with other options. */
  public PromEngine withOptions(PromOptions value) {
    return new PromEngine(limits, value, nanoTime, statistics);
  }

  /** The same engine, its answers with or without {@link PromAnswer#statistics}. */
  public PromEngine withStatistics(boolean value) {
    return new PromEngine(limits, options, nanoTime, value);
  }

  /**
   * Parses and checks a query.
   *
   * @throws PromException.BadData {@code LINE:COLUMN: parse error: WHAT}
   */
  public PromQuery parse(String text) {
    try {
      Expr expr = PromParser.parse(text, options.syntax());
      return new PromQuery(text, expr);
    } catch (ParseException e) {
      throw new PromException.BadData(String.valueOf(e.getMessage()), e);
    }
  }

  /**
   * Evaluates at one time.
   *
   * @param timeMillis since the epoch
   */
  public PromAnswer query(SeriesSource source, String text, long timeMillis) {
    return query(source, parse(text), timeMillis, Cancellation.NONE);
  }

  public PromAnswer query(
      SeriesSource source, PromQuery query, long timeMillis, Cancellation cancellation) {
    try (Execution execution = execution(source, query, QueryBounds.at(timeMillis), cancellation)) {
      return new Evaluation(execution).instant(query.expr());
    }
  }

  /**
   * Evaluates at start, start + step, … up to the end; always a {@link QueryResult.Matrix}.
   *
   * @param startMillis since the epoch
   * @param endMillis since the epoch, not before the start
   * @param stepMillis at least 1
   */
  public PromAnswer queryRange(
      SeriesSource source, String text, long startMillis, long endMillis, long stepMillis) {
    return queryRange(source, parse(text), startMillis, endMillis, stepMillis, Cancellation.NONE);
  }

  public PromAnswer queryRange(
      SeriesSource source,
      PromQuery query,
      long startMillis,
      long endMillis,
      long stepMillis,
      Cancellation cancellation) {
    QueryBounds bounds = bounds(startMillis, endMillis, stepMillis);
    try (Execution execution = execution(source, query, bounds, cancellation)) {
      return new Evaluation(execution).range(query.expr());
    }
  }

  private QueryBounds bounds(long startMillis, long endMillis, long stepMillis) {
    if (stepMillis <= 0) {
      throw new PromException.BadData(
          "zero or negative query resolution step widths are not accepted. Try a positive integer");
    }
    if (endMillis < startMillis) {
      throw new PromException.BadData("end timestamp must not be before start time");
    }
    long count = (endMillis - startMillis) / stepMillis + 1;
    if (count > limits.maxSteps()) {
      throw new PromException.BadData(
          "a query of "
              + count
              + " steps exceeds the limit of "
              + limits.maxSteps()
              + "; take a longer step or raise query.max-steps");
    }
    return new QueryBounds(startMillis, endMillis, stepMillis);
  }

  private Execution execution(
      SeriesSource source, PromQuery query, QueryBounds bounds, Cancellation cancellation) {
    return new Execution(
        query.text(), source, options, limits, bounds, cancellation, nanoTime, statistics);
  }
}
