package dev.sextant.collector.derive;

/** For how long a count has stood still, looked at once a tick. For one thread. */
final class Idle {
  private long counted = -1;
  private long sinceMillis;

  /**
   * Milliseconds since the tick at which the count was last seen to have changed; 0 at the first
   * look.
   *
   * @param count so far
   */
  long millis(long count, long tickMillis) {
    if (count != counted) {
      counted = count;
      sinceMillis = tickMillis;
    }
    return tickMillis - sinceMillis;
  }
}
