package dev.sextant.promql.exec;

import dev.sextant.metrics.model.Matcher;
import dev.sextant.metrics.model.SeriesSet;
import dev.sextant.metrics.model.SeriesSource;
import dev.sextant.promql.Annotation;
import dev.sextant.promql.Cancellation;
import dev.sextant.promql.PromException;
import dev.sextant.promql.PromOptions;
import dev.sextant.promql.QueryLimits;
import dev.sextant.promql.ast.Span;
import dev.sextant.promql.step.Notices;
import dev.sextant.promql.step.StepContext;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** One run of a query: where it reads, what it may take, what it noticed. For one thread. */
public final class Execution implements StepContext, AutoCloseable {
  private final String query;
  private final SeriesSource source;
  private final PromOptions options;
  private final QueryLimits limits;
  private final QueryBounds outer;
  private final Cancellation cancellation;
  private final LongSupplier nanoTime;
  private final long deadline;
  private final @Nullable Profile profile;
  private final Map<String, Annotation> annotations = new LinkedHashMap<>();
  private final List<OpenSet> open = new ArrayList<>();
  private static final int COMPARISONS_BETWEEN_CHECKS = 1 << 15;
  private static final int BYTES_PER_SAMPLE = Double.BYTES;

  private long held;
  private long memory;
  private long peakMemory;
  private long peak;

  /**
   * @param outer what the query as a whole asks for
   * @param statistics whether to count what it does
   */
  public Execution(
      String query,
      SeriesSource source,
      PromOptions options,
      QueryLimits limits,
      QueryBounds outer,
      Cancellation cancellation,
      LongSupplier nanoTime,
      boolean statistics) {
    this.profile = statistics ? new Profile(nanoTime, outer.steps()) : null;
    this.query = query;
    this.source = source;
    this.options = options;
    this.limits = limits;
    this.outer = outer;
    this.cancellation = cancellation;
    this.nanoTime = nanoTime;
    this.deadline = nanoTime.getAsLong() + limits.timeout().toNanos();
  }

  /** Where work is counted, null where nobody wants to know. */
  @Nullable Profile profile() {
    return profile;
  }

  long nanoTime() {
    return nanoTime.getAsLong();
  }

  String query() {
    return query;
  }

  /** Opens series, which are closed at the latest with the query. */
  SeriesSet select(
      long minMillis, long maxMillis, List<Matcher> matchers, SeriesSource.Hints hints) {
    OpenSet set =
        new OpenSet(
            source.select(minMillis, maxMillis, matchers, hints.withCheckpoint(this::checkpoint)));
    open.add(set);
    return set;
  }

  /** Closes what the query still has open, however it ended. */
  @Override
  public void close() {
    open.forEach(OpenSet::close);
    open.clear();
  }

  PromOptions options() {
    return options;
  }

  QueryLimits limits() {
    return limits;
  }

  /** What the query as a whole asks for, also inside a subquery. */
  QueryBounds outer() {
    return outer;
  }

  @Override
  public void checkpoint() {
    if (cancellation.isCanceled()) {
      throw new PromException.Canceled("query was canceled in expression evaluation");
    }
    if (nanoTime.getAsLong() - deadline > 0) {
      throw new PromException.Timeout(
          "query timed out in expression evaluation after "
              + limits.timeout()
              + "; ask for less or raise query.timeout");
    }
  }

  /** The same order, in which a long sort notices that the query was cancelled. */
  <T> Comparator<T> checked(Comparator<T> order) {
    int[] untilCheck = {COMPARISONS_BETWEEN_CHECKS};
    return (a, b) -> {
      if (--untilCheck[0] == 0) {
        untilCheck[0] = COMPARISONS_BETWEEN_CHECKS;
        checkpoint();
      }
      return order.compare(a, b);
    };
  }

  @Override
  public void hold(long samples) {
    held += samples;
    peak = Math.max(peak, held);
    if (held > limits.maxSamples()) {
      throw new PromException.Execution(
          "query processing would load too many samples into memory in query execution: more than "
              + limits.maxSamples()
              + "; ask for less or raise query.max-samples");
    }
    keep(BYTES_PER_SAMPLE * samples);
  }

  void release(long samples) {
    held -= samples;
    memory -= BYTES_PER_SAMPLE * samples;
  }

  @Override
  public void keep(long bytes) {
    memory += bytes;
    peakMemory = Math.max(peakMemory, memory);
    if (memory > limits.maxMemoryBytes()) {
      throw new PromException.Execution(
          "the query would take more than "
              + limits.maxMemoryBytes()
              + " bytes of memory; ask for fewer series, a shorter range or a longer step, or raise query.max-memory");
    }
  }

  /** Most bytes that were kept at one time, as {@link #keep} was told. */
  public long peakMemoryBytes() {
    return peakMemory;
  }

  public long peakSamples() {
    return peak;
  }

  /** Notices about a part of the query. */
  Notices noticesAt(Span span) {
    return new Notices() {
      @Override
      public void warning(String text) {
        note(true, "PromQL warning: ", text, span);
      }

      @Override
      public void info(String text) {
        note(false, "PromQL info: ", text, span);
      }
    };
  }

  private void note(boolean warning, String prefix, String text, Span span) {
    String full = prefix + text + " (" + span.lineAndColumn(query) + ")";
    annotations.putIfAbsent(full, new Annotation(warning, full));
  }

  public List<Annotation> annotations() {
    return new ArrayList<>(annotations.values());
  }
}
