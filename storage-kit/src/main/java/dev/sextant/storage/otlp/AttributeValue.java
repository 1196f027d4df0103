package dev.sextant.storage.otlp;

import java.nio.ByteBuffer;
import java.util.List;

/** A value of OTLP's {@code AnyValue}. An unset value is {@link Empty}. */
public sealed interface AttributeValue {
  /** No value is set. */
  record Empty() implements AttributeValue {}

  record Text(String value) implements AttributeValue {}

  record Bool(boolean value) implements AttributeValue {}

  record Int(long value) implements AttributeValue {}

  record Decimal(double value) implements AttributeValue {}

  /** Read-only bytes. */
  record Bytes(ByteBuffer value) implements AttributeValue {}

  record Array(List<AttributeValue> values) implements AttributeValue {
    public Array {
      values = List.copyOf(values);
    }
  }

  record KeyValues(Attributes attributes) implements AttributeValue {}

  static AttributeValue of(String value) {
    return new Text(value);
  }

  static AttributeValue of(long value) {
    return new Int(value);
  }

  static AttributeValue of(double value) {
    return new Decimal(value);
  }

  static AttributeValue of(boolean value) {
    return new Bool(value);
  }

  /**
   * The value as people read it: text as it is, numbers and booleans in decimal, bytes in hex,
   * lists and maps as JSON.
   */
  default String asText() {
    return AttributeText.of(this);
  }
}
