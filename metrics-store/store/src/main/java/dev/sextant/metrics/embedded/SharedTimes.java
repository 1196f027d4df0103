package dev.sextant.metrics.embedded;

import dev.sextant.metrics.model.Labels;

/**
 * The times of a target's running chunk, held once for all series that have a sample at each of
 * them. A series whose next time differs leaves and keeps its own; it comes back when the target's
 * next chunk begins.
 */
final class SharedTimes {
  private final long[] times = new long[HeadSeries.CHUNK];
  private int size;
  private int members;
  private byte[] encoded = new byte[0];

  long[] times() {
    return times;
  }

  void join() {
    members++;
  }

  void leave() {
    members--;
  }

  boolean startsAt(long time) {
    return size > 0 && times[0] == time;
  }

  boolean justStartedAt(long time) {
    return size == 1 && times[0] == time;
  }

  /** Whether no series writes here any more, or nothing more fits. */
  boolean done() {
    return members == 0 || size == times.length;
  }

  /**
   * Whether the sample at an index has this time; where the index is the next free one, from now
   * on.
   */
  boolean take(int index, long time) {
    if (index < size) {
      return times[index] == time;
    }
    if (index != size || size == times.length || (size > 0 && times[size - 1] >= time)) {
      return false;
    }
    times[size++] = time;
    return true;
  }

  /** The first {@code count} times as bytes; the same array for all who ask when it is full. */
  byte[] encode(int count) {
    if (count < times.length) {
      return Chunk.encodeTimes(times, count);
    }
    if (encoded.length == 0) {
      encoded = Chunk.encodeTimes(times, count);
    }
    return encoded;
  }

  /** The running chunk of one target. */
  static final class Target {
    private final Labels labels;
    private SharedTimes current = new SharedTimes();

    Target(Labels labels) {
      this.labels = labels;
    }

    Labels labels() {
      return labels;
    }

    SharedTimes current() {
      return current;
    }

    /**
     * The times to begin a chunk at {@code time} on, or a fresh one where the running chunk is
     * over.
     */
    SharedTimes begin(long time) {
      if (!current.startsAt(time) && current.done()) {
        current = new SharedTimes();
      }
      return current;
    }
  }
}
