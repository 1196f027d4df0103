package dev.sextant.traceql.metrics;

import dev.sextant.traceql.InstantRequest;
import dev.sextant.traceql.QueryLimits;
import dev.sextant.traceql.RangeRequest;
import dev.sextant.traceql.TraceQlException;

/**
 * The buckets of a query, each open on its left and closed on its right, where its sample stands.
 *
 * @param firstNanos right end of the first bucket, since the epoch
 * @param stepNanos length of a bucket
 * @param count of buckets; 0 where the range lies wholly in what is left out
 * @param instant whether the one bucket is the whole range
 */
public record TimeGrid(long firstNanos, long stepNanos, int count, boolean instant) {
  private static final long MILLI = 1_000_000L;
  private static final long SECOND = 1_000 * MILLI;
  private static final long MINUTE = 60 * SECOND;
  private static final long[] ROUND_STEPS = {
    60 * MINUTE, 5 * MINUTE, MINUTE, 15 * SECOND, 5 * SECOND, SECOND
  };

  /** Spans may arrive so late. */
  private static final long UNSETTLED = 30 * SECOND;

  /**
   * @throws TraceQlException.BadData for a range that is none
   * @throws TraceQlException.LimitExceeded for too many steps
   */
  public static TimeGrid of(RangeRequest request, QueryLimits limits) {
    check(request.startNanos(), request.endNanos());
    if (request.stepNanos() < 0) {
      throw new TraceQlException.BadData("step must not be negative");
    }
    long step =
        request.stepNanos() == 0
            ? defaultStep(request.startNanos(), request.endNanos())
            : request.stepNanos();
    long first = Math.floorDiv(request.startNanos(), step) * step;
    long settled = Math.floorDiv(request.nowNanos() - UNSETTLED, step) * step;
    // Beyond now nothing is settled, and a far end would not fit a long when it is rounded up.
    long end = Math.min(request.endNanos(), request.nowNanos());
    long last = Math.min(Math.ceilDiv(end, step) * step, settled);
    long count = last < first ? 0 : (last - first) / step + 1;
    if (count > limits.maxSteps()) {
      throw new TraceQlException.LimitExceeded(
          "a query of %d steps exceeds the limit of %d; take a longer step or raise query.max-steps"
              .formatted(count, limits.maxSteps()));
    }
    return new TimeGrid(first, step, (int) count, false);
  }

  /**
   * @throws TraceQlException.BadData for a range that is none
   */
  public static TimeGrid of(InstantRequest request) {
    check(request.startNanos(), request.endNanos());
    long beyond = request.endNanos() - (request.nowNanos() - UNSETTLED);
    long end = request.endNanos() - Math.max(0, Math.ceilDiv(beyond, SECOND)) * SECOND;
    long start = request.startNanos();
    return new TimeGrid(end, Math.max(1, end - start), end > start ? 1 : 0, true);
  }

  private static void check(long start, long end) {
    if (end <= start) {
      throw new TraceQlException.BadData(
          "end must be greater than start: start %d, end %d".formatted(start, end));
    }
  }

  /** About a 240th of a range, in nanoseconds, a multiple of something round. */
  public static long defaultStep(long startNanos, long endNanos) {
    long range = endNanos - startNanos;
    long step = range / 240;
    if (range < MINUTE) {
      return Math.max(1, step / (50 * MILLI)) * 50 * MILLI;
    }
    for (long round : ROUND_STEPS) {
      if (step > round) {
        return step / round * round;
      }
    }
    return SECOND;
  }

  /** The first bucket begins after this; nanoseconds since the epoch. */
  long afterNanos() {
    return firstNanos - stepNanos;
  }

  /** The last bucket ends with this; nanoseconds since the epoch. */
  long lastNanos() {
    return firstNanos + (count - 1) * stepNanos;
  }

  boolean covers(long time) {
    return time > afterNanos() && time <= lastNanos();
  }

  /** When samples are, nanoseconds since the epoch. */
  long[] times() {
    long[] times = new long[count];
    for (int i = 0; i < count; i++) {
      times[i] = firstNanos + i * stepNanos;
    }
    return times;
  }

  /** The bucket of a time that is covered. */
  int bucket(long time) {
    return (int) ((time - afterNanos() - 1) / stepNanos);
  }

  /** Finds buckets of times that mostly lie near each other. */
  Cursor cursor() {
    return new Cursor();
  }

  /** Remembers the last bucket. For one thread. */
  final class Cursor {
    private long after = Long.MAX_VALUE;
    private long last = Long.MIN_VALUE;
    private int bucket;

    int bucket(long time) {
      if (time <= after || time > last) {
        bucket = TimeGrid.this.bucket(time);
        after = afterNanos() + bucket * stepNanos;
        last = after + stepNanos;
      }
      return bucket;
    }
  }
}
