package dev.sextant.storage.block;

import java.time.Duration;

/**
 * Follows the journal's stamps and tells how far they can be trusted to say what is old. A stamp
 * that lies more than the tolerance ahead of the one before is a jump: until the stamps have gone
 * on for as long again, age is counted from before it. So neither a clock that leaps to another
 * year nor one day of wrong stamps makes everything look old.
 */
final class JournalStamps {
  private final long toleranceMillis;
  private volatile State state;

  /**
   * Milliseconds since the epoch; 0 for none.
   *
   * @param newest the latest stamp
   * @param trusted the latest stamp that age may be counted from
   * @param jumpedTo where the last jump went, or 0 once it is trusted
   */
  record State(long newest, long trusted, long jumpedTo) {
    static final State NONE = new State(0, 0, 0);
  }

  JournalStamps(Duration tolerance, State state) {
    this.toleranceMillis = tolerance.toMillis();
    this.state = state;
  }

  void add(long stamp) {
    State old = state;
    if (stamp <= old.newest) {
      return;
    }
    if (old.newest != 0 && stamp - old.newest > toleranceMillis) {
      state = new State(stamp, old.trusted, stamp);
    } else if (old.jumpedTo != 0 && stamp - old.jumpedTo < toleranceMillis) {
      state = new State(stamp, old.trusted, old.jumpedTo);
    } else {
      state = new State(stamp, stamp, 0);
    }
  }

  State state() {
    return state;
  }

  /** Whether the clock is as far from the newest stamp as it may be. */
  boolean agreesWith(long clockMillis) {
    return Math.abs(clockMillis - state.newest) <= toleranceMillis;
  }
}
