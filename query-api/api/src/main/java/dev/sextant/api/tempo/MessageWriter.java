package dev.sextant.api.tempo;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * Writes a protobuf message, whose fields have a number and a name, as bytes or as proto3's JSON,
 * so that an answer is described once for both. As in proto3, empty texts, zeros and empty lists
 * are left out; methods that end in {@code Set} write them all the same, for what stands in a
 * {@code oneof}. For one thread.
 *
 * @see <a href="https://protobuf.dev/programming-guides/json/">ProtoJSON</a>
 */
interface MessageWriter {
  /** Writes the fields of a message. */
  @FunctionalInterface
  interface Body {
    void write(MessageWriter out) throws IOException;
  }

  /** Writes the fields of a message of something. */
  @FunctionalInterface
  interface Fields<T> {
    void write(MessageWriter out, T value) throws IOException;
  }

  void textSet(int field, String name, String value) throws IOException;

  void boolSet(int field, String name, boolean value) throws IOException;

  /** A signed number of 64 bits, in JSON a string. */
  void int64Set(int field, String name, long value) throws IOException;

  void decimalSet(int field, String name, double value) throws IOException;

  /** In JSON as Base64. */
  void bytesSet(int field, String name, byte[] value) throws IOException;

  /** A message, also where it is empty. */
  void message(int field, String name, Body body) throws IOException;

  /** Messages; in JSON an empty list stands there too. */
  <T> void list(int field, String name, List<T> values, Fields<T> fields) throws IOException;

  /** Texts; in JSON an empty list stands there too. */
  void texts(int field, String name, List<String> values) throws IOException;

  /** Messages by name, in the map's order. */
  <T> void map(int field, String name, Map<String, T> values, Fields<T> fields) throws IOException;

  /** An unsigned number of at most 32 bits. */
  void uint32(int field, String name, long value) throws IOException;

  /** An unsigned number of 64 bits, in JSON a string. */
  void uint64(int field, String name, long value) throws IOException;

  /** As {@link #uint32}, but always four bytes. */
  void fixed32(int field, String name, int value) throws IOException;

  /** As {@link #uint64}, but always eight bytes. */
  void fixed64(int field, String name, long value) throws IOException;

  /** An enumeration's value, in JSON by its name; left out where it is the first. */
  void choice(int field, String name, int number, String text) throws IOException;

  default void text(int field, String name, String value) throws IOException {
    if (!value.isEmpty()) {
      textSet(field, name, value);
    }
  }

  default void bytes(int field, String name, byte[] value) throws IOException {
    if (value.length > 0) {
      bytesSet(field, name, value);
    }
  }

  default void int64(int field, String name, long value) throws IOException {
    if (value != 0) {
      int64Set(field, name, value);
    }
  }

  default void decimal(int field, String name, double value) throws IOException {
    if (value != 0) {
      decimalSet(field, name, value);
    }
  }

  default <T> void messages(int field, String name, List<T> values, Fields<T> fields)
      throws IOException {
    if (!values.isEmpty()) {
      list(field, name, values, fields);
    }
  }
}
