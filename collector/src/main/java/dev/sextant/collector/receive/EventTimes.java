package dev.sextant.collector.receive;

/**
 * The event times that an {@link EventWindow} took at one moment, for the rows of one request.
 *
 * @param fromMillis since the epoch, inclusive
 * @param toMillis since the epoch, inclusive
 */
public record EventTimes(long fromMillis, long toMillis) {
  public boolean contains(long epochMillis) {
    return epochMillis >= fromMillis && epochMillis <= toMillis;
  }
}
