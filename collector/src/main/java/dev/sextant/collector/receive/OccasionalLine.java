package dev.sextant.collector.receive;

import java.time.InstantSource;
import java.util.function.Consumer;

/**
 * Lines of a log that what is received may cause at any rate: at most one a minute is written, and
 * says how many were not since the last. Thread-safe.
 */
public final class OccasionalLine {
  private static final long EVERY_MILLIS = 60_000;

  private final InstantSource clock;
  private final Consumer<String> log;
  private long next = Long.MIN_VALUE;
  private long kept;

  /**
   * @param log takes the lines, such as {@code LOG::warn}
   */
  public OccasionalLine(InstantSource clock, Consumer<String> log) {
    this.clock = clock;
    this.log = log;
  }

  /** Writes the line, or counts it for the next one that is written. */
  public void say(String line) {
    long before;
    synchronized (this) {
      long now = clock.millis();
      if (now < next) {
        kept++;
        return;
      }
      next = now + EVERY_MILLIS;
      before = kept;
      kept = 0;
    }
    log.accept(before == 0 ? line : line + " (and " + before + " times more since the last time)");
  }
}
