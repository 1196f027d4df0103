package dev.sextant.api.tempo;

import dev.sextant.api.http.Params;

/**
 * When spans start that are looked at: everything that is kept, or between {@code start} and {@code
 * end}.
 *
 * @param fromNanos since the epoch, inclusive, and {@code toNanos} so too
 */
record TagRange(long fromNanos, long toNanos) {
  private static final long SECOND = 1_000_000_000L;

  static TagRange of(Params params, TempoLimits limits) {
    return of(
        TempoParams.int32(params, "start").orElse(0L),
        TempoParams.int32(params, "end").orElse(0L),
        limits);
  }

  /** From times in seconds, 0 where absent. */
  static TagRange of(long start, long end, TempoLimits limits) {
    if (start == 0 && end == 0) {
      return new TagRange(0, Long.MAX_VALUE);
    }
    TempoParams.Seconds.checked(start, end);
    limits.checkRange(start, end);
    return new TagRange(start * SECOND, end * SECOND);
  }
}
