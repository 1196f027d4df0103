package dev.sextant.traceql.script;

import dev.sextant.traceql.print.DurationText;

/**
 * A script's time. Its zero is the midnight with which a day began long ago, so that steps that
 * divide a day begin with it.
 */
final class ScriptTime {
  /** Nanoseconds since the epoch at which a script's time is 0. */
  static final long ZERO_NANOS = 12_000L * 86_400 * 1_000_000_000;

  /** Long after whatever a script asks for, in nanoseconds since the epoch. */
  static final long NOW_NANOS = 2 * ZERO_NANOS;

  private ScriptTime() {}

  /** Nanoseconds since the epoch of a time in a script. */
  static long nanos(String word) {
    return ZERO_NANOS + Values.nanos(word);
  }

  /** As scripts write it. */
  static String text(long nanos) {
    return DurationText.of(nanos - ZERO_NANOS);
  }
}
