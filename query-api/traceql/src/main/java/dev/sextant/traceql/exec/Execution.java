package dev.sextant.traceql.exec;

import dev.sextant.traceql.Cancellation;
import dev.sextant.traceql.QueryLimits;
import dev.sextant.traceql.TraceQlException;
import java.util.Locale;
import java.util.function.LongSupplier;

/** A running query and what it has used. For one thread. */
public final class Execution {
  private final QueryLimits limits;
  private final Cancellation cancellation;
  private final LongSupplier nanoTime;
  private final long startNanos;
  private long spans;
  private long bytes;

  /**
   * @param nanoTime a monotonic clock in nanoseconds
   */
  public Execution(QueryLimits limits, Cancellation cancellation, LongSupplier nanoTime) {
    this.limits = limits;
    this.cancellation = cancellation;
    this.nanoTime = nanoTime;
    this.startNanos = nanoTime.getAsLong();
  }

  public QueryLimits limits() {
    return limits;
  }

  /**
   * Throws where the query is to end.
   *
   * @throws TraceQlException.Canceled where nobody wants the answer
   * @throws TraceQlException.Timeout where time is over
   */
  public void checkpoint() {
    if (cancellation.isCanceled()) {
      throw new TraceQlException.Canceled("query was canceled");
    }
    if (nanoTime.getAsLong() - startNanos > limits.timeout().toNanos()) {
      throw new TraceQlException.Timeout(
          "query timed out after %s; ask for less at once or raise query.timeout"
              .formatted(limits.timeout().toString().substring(2).toLowerCase(Locale.ROOT)));
    }
  }

  /**
   * Counts spans that the query looks at.
   *
   * @throws TraceQlException.LimitExceeded where they are too many
   */
  public void look(int more) {
    spans += more;
    if (spans > limits.maxSpans()) {
      throw new TraceQlException.LimitExceeded(
          "query looks at more than %d spans; narrow its time or its first filter, or raise traces.query.max-spans"
              .formatted(limits.maxSpans()));
    }
  }

  /**
   * Counts memory that is held until the query ends or {@link #release} is called.
   *
   * @throws TraceQlException.LimitExceeded where it is too much
   */
  public void reserve(long more) {
    bytes += more;
    if (bytes > limits.maxMemoryBytes()) {
      throw new TraceQlException.LimitExceeded(
          "query holds more than %d bytes; ask for fewer traces, series or steps, or raise query.max-memory"
              .formatted(limits.maxMemoryBytes()));
    }
  }

  public void release(long less) {
    bytes -= less;
  }
}
