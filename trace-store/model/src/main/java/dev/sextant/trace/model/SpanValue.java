package dev.sextant.trace.model;

import java.util.Comparator;
import java.util.List;

/** A value of a span's field. Values of different types are never equal. */
public sealed interface SpanValue {
  /**
   * By type, in the order of declaration here, then by value: text by its UTF-8 bytes, numbers by
   * value, false before true, lists by their elements.
   */
  Comparator<SpanValue> ORDER = ValueOrder::compare;

  record Text(String value) implements SpanValue {}

  record Int(long value) implements SpanValue {}

  record Decimal(double value) implements SpanValue {}

  record Bool(boolean value) implements SpanValue {}

  /** An attribute that is a list of values of the types above. */
  record Array(List<SpanValue> values) implements SpanValue {
    public Array {
      values = List.copyOf(values);
    }
  }

  /** Bytes, maps and what else query languages have no type for, as people read it. */
  record Other(String text) implements SpanValue {}

  static SpanValue of(String value) {
    return new Text(value);
  }

  static SpanValue of(long value) {
    return new Int(value);
  }

  static SpanValue of(double value) {
    return new Decimal(value);
  }

  static SpanValue of(boolean value) {
    return new Bool(value);
  }
}
