package dev.sextant.collector.receive;

import dev.sextant.storage.TimeRange;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * The event times that are taken: from now − retention to now + 10 minutes, both inclusive.
 *
 * @param retention of the signal
 * @param setting name of the setting that holds the retention, for messages
 */
public record EventWindow(InstantSource clock, Duration retention, String setting) {
  public static final Duration FUTURE = Duration.ofMinutes(10);

  /** Why a time in milliseconds since the epoch is outside, or null where it is inside. */
  public @Nullable String objection(long epochMillis) {
    long now = clock.millis();
    if (epochMillis > now + FUTURE.toMillis() || epochMillis < now - retention.toMillis()) {
      return "its time " + Instant.ofEpochMilli(epochMillis) + " is outside of " + text();
    }
    return null;
  }

  /** The window as it stands now, to be asked for many rows. */
  public EventTimes times() {
    long now = clock.millis();
    return new EventTimes(now - retention.toMillis(), now + FUTURE.toMillis());
  }

  /** The window as it stands now. */
  public TimeRange range() {
    long now = clock.millis();
    return TimeRange.ofMillis(Math.max(0, now - retention.toMillis()), now + FUTURE.toMillis() + 1);
  }

  /** The window in words, with what moves it. */
  public String text() {
    Instant now = clock.instant();
    return now.minus(retention)
        + " (retention, "
        + setting
        + ") to "
        + now.plus(FUTURE)
        + " (10 minutes ahead; check the sender's clock)";
  }
}
