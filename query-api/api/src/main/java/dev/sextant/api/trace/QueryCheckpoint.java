package dev.sextant.api.trace;

import dev.sextant.api.access.CurrentCancellation;
import dev.sextant.traceql.TraceQlException;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Ends a question that nobody waits for any more or that takes too long. For one question. */
final class QueryCheckpoint implements Runnable {
  private final BooleanSupplier canceled = CurrentCancellation.current();
  private final Duration timeout;
  private final long begunNanos = System.nanoTime();

  /**
   * @param timeout from now on; {@code query.timeout}
   */
  QueryCheckpoint(Duration timeout) {
    this.timeout = timeout;
  }

  @Override
  public void run() {
    if (canceled.getAsBoolean()) {
      throw new TraceQlException.Canceled("query was canceled");
    }
    if (System.nanoTime() - begunNanos > timeout.toNanos()) {
      throw new TraceQlException.Timeout(
          "query timed out after " + timeout + "; ask for less time, or raise query.timeout");
    }
  }
}
