package dev.sextant.log;

import dev.sextant.storage.TimeRange;
import dev.sextant.storage.otlp.OtlpCheck;
import dev.sextant.storage.otlp.ProtoReader;
import dev.sextant.storage.otlp.RowProblem;
import org.jspecify.annotations.Nullable;

/**
 * Reads one log record's message to its last byte and says what a receiver must reject it for. For
 * one record.
 */
final class LogCheck {
  private final ProtoReader reader;
  private final TimeRange times;
  private long timeNanos;
  private long observedNanos;
  private @Nullable RowProblem problem;

  /**
   * @param reader before the record's first field
   */
  LogCheck(ProtoReader reader, TimeRange times) {
    this.reader = reader;
    this.times = times;
  }

  @Nullable RowProblem problem() {
    while (reader.next()) {
      readField();
    }
    long time = timeNanos != 0 ? timeNanos : observedNanos;
    if (time != 0 && !times.contains(time)) {
      note(
          RowProblem.ofTime(
              "its time " + Long.toUnsignedString(time) + " ns is outside of what is accepted"));
    }
    return problem;
  }

  private void readField() {
    switch (reader.field()) {
      case 1 -> timeNanos = reader.fixed64();
      case 2, 7 -> reader.varint();
      case 3, 12 -> reader.utf8();
      case 5 -> OtlpCheck.value(reader);
      case 6 -> OtlpCheck.keyValue(reader);
      case 8 -> reader.fixed32();
      case 9 -> id("its trace id", 16);
      case 10 -> id("its span id", 8);
      case 11 -> observedNanos = reader.fixed64();
      default -> reader.skip();
    }
  }

  private void id(String what, int length) {
    reader.delimited();
    int actual = reader.to() - reader.from();
    if (actual != 0 && actual != length) {
      note(what + " is " + actual + " bytes long instead of " + length);
    }
  }

  private void note(String what) {
    note(RowProblem.of(what));
  }

  private void note(RowProblem first) {
    if (problem == null) {
      problem = first;
    }
  }
}
