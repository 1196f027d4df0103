package dev.sextant.trace;

import dev.sextant.storage.TimeRange;
import dev.sextant.storage.otlp.OtlpCheck;
import dev.sextant.storage.otlp.ProtoReader;
import dev.sextant.storage.otlp.RowProblem;
import org.jspecify.annotations.Nullable;

/**
 * Reads one span's message to its last byte and says what a receiver must reject it for. For one
 * span.
 */
final class SpanCheck {
  private final ProtoReader reader;
  private final TimeRange times;
  private boolean traceSeen;
  private boolean spanSeen;
  private long startNanos;
  private long endNanos;
  private @Nullable RowProblem problem;

  /**
   * @param reader before the span's first field
   */
  SpanCheck(ProtoReader reader, TimeRange times) {
    this.reader = reader;
    this.times = times;
  }

  @Nullable RowProblem problem() {
    while (reader.next()) {
      readField();
    }
    if (!traceSeen) {
      note("it has no trace id");
    }
    if (!spanSeen) {
      note("it has no span id");
    }
    if (!times.contains(startNanos)) {
      noteTime("its start time ", startNanos);
    } else if (endNanos != 0 && (endNanos < 0 || endNanos >= times.toNanos())) {
      noteTime("its end time ", endNanos);
    }
    return problem;
  }

  private void readField() {
    switch (reader.field()) {
      case 1 -> {
        traceSeen = true;
        id("its trace id", 16, false);
      }
      case 2 -> {
        spanSeen = true;
        id("its span id", 8, false);
      }
      case 3, 5 -> reader.utf8();
      case 4 -> id("its parent span id", 8, true);
      case 6, 10, 12, 14 -> reader.varint();
      case 7 -> startNanos = reader.fixed64();
      case 8 -> endNanos = reader.fixed64();
      case 9 -> OtlpCheck.keyValue(reader);
      case 11 -> event();
      case 13 -> link();
      case 15 -> status();
      case 16 -> reader.fixed32();
      default -> reader.skip();
    }
  }

  private void event() {
    int outer = reader.enter();
    while (reader.next()) {
      switch (reader.field()) {
        case 1 -> reader.fixed64();
        case 2 -> reader.utf8();
        case 3 -> OtlpCheck.keyValue(reader);
        case 4 -> reader.varint();
        default -> reader.skip();
      }
    }
    reader.leave(outer);
  }

  private void link() {
    int outer = reader.enter();
    while (reader.next()) {
      switch (reader.field()) {
        case 1 -> id("a link's trace id", 16, true);
        case 2 -> id("a link's span id", 8, true);
        case 3 -> reader.utf8();
        case 4 -> OtlpCheck.keyValue(reader);
        case 5 -> reader.varint();
        case 6 -> reader.fixed32();
        default -> reader.skip();
      }
    }
    reader.leave(outer);
  }

  private void status() {
    int outer = reader.enter();
    while (reader.next()) {
      switch (reader.field()) {
        case 2 -> reader.utf8();
        case 3 -> reader.varint();
        default -> reader.skip();
      }
    }
    reader.leave(outer);
  }

  /**
   * @param optional whether it may be empty or all zero
   */
  private void id(String what, int length, boolean optional) {
    reader.delimited();
    int actual = reader.to() - reader.from();
    if (optional && actual == 0) {
      return;
    }
    if (actual != length) {
      note(what + " is " + actual + " bytes long instead of " + length);
      return;
    }
    long bits = reader.bigEndian(reader.from());
    if (length == 16) {
      bits |= reader.bigEndian(reader.from() + 8);
    }
    if (bits == 0 && !optional) {
      note(what + " is all zero");
    }
  }

  private void note(String what) {
    note(RowProblem.of(what));
  }

  private void noteTime(String what, long nanos) {
    note(
        RowProblem.ofTime(
            what + Long.toUnsignedString(nanos) + " ns is outside of what is accepted"));
  }

  private void note(RowProblem first) {
    if (problem == null) {
      problem = first;
    }
  }
}
