package dev.sextant.storage.otlp;

/**
 * Walks the messages that traces and logs share as deep as they go, so that what passed here
 * decodes without error: structure, nesting and UTF-8. Throws {@link MalformedOtlpException} where
 * they are damaged.
 */
public final class OtlpCheck {
  private OtlpCheck() {}

  /** The {@code KeyValue} that the reader stands on. */
  public static void keyValue(ProtoReader reader) {
    int outer = reader.enter();
    while (reader.next()) {
      switch (reader.field()) {
        case 1 -> reader.utf8();
        case 2 -> value(reader);
        default -> reader.skip();
      }
    }
    reader.leave(outer);
  }

  /** The {@code AnyValue} that the reader stands on. */
  public static void value(ProtoReader reader) {
    int outer = reader.enter();
    while (reader.next()) {
      switch (reader.field()) {
        case 1 -> reader.utf8();
        case 2, 3 -> reader.varint();
        case 4 -> reader.fixed64();
        case 5 -> values(reader, false);
        case 6 -> values(reader, true);
        case 7 -> reader.delimited();
        default -> reader.skip();
      }
    }
    reader.leave(outer);
  }

  private static void values(ProtoReader reader, boolean keyed) {
    int outer = reader.enter();
    while (reader.next()) {
      if (reader.field() != 1) {
        reader.skip();
      } else if (keyed) {
        keyValue(reader);
      } else {
        value(reader);
      }
    }
    reader.leave(outer);
  }

  /** A {@code Resource}'s fields, the reader standing before the first. */
  static void resource(ProtoReader reader) {
    while (reader.next()) {
      switch (reader.field()) {
        case 1 -> keyValue(reader);
        case 2 -> reader.varint();
        default -> reader.skip();
      }
    }
  }

  /** An {@code InstrumentationScope}'s fields, the reader standing before the first. */
  static void scope(ProtoReader reader) {
    while (reader.next()) {
      switch (reader.field()) {
        case 1, 2 -> reader.utf8();
        case 3 -> keyValue(reader);
        case 4 -> reader.varint();
        default -> reader.skip();
      }
    }
  }
}
