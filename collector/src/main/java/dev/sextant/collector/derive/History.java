package dev.sextant.collector.derive;

import java.util.ArrayDeque;

/**
 * Where the journal stood when, to the second: finds the row from which replaying rebuilds all that
 * the last {@code spanMillis} left behind. For one thread.
 */
final class History {
  private record Mark(long row, long stampMillis) {}

  private final ArrayDeque<Mark> marks = new ArrayDeque<>();
  private final long spanMillis;

  History(long spanMillis) {
    this.spanMillis = spanMillis;
  }

  /** Notes that a record beginning at {@code row} is about to be applied. */
  void note(long row, long stampMillis) {
    Mark last = marks.peekLast();
    if (last == null || stampMillis >= last.stampMillis + 1000) {
      marks.addLast(new Mark(row, stampMillis));
    }
    while (marks.size() > 1 && second().stampMillis <= stampMillis - spanMillis) {
      marks.removeFirst();
    }
  }

  private Mark second() {
    Mark first = marks.removeFirst();
    Mark second = marks.getFirst();
    marks.addFirst(first);
    return second;
  }

  /** The row to replay from, or {@code otherwise} where nothing was noted. */
  long oldestNeeded(long otherwise) {
    return marks.isEmpty() ? otherwise : marks.getFirst().row;
  }
}
