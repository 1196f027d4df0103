package dev.sextant.collector.otlp.json;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A protobuf message type as its JSON names its fields: in lowerCamelCase, or as in the schema. */
final class Message {
  /** How a field's value is read from JSON and put on the wire. */
  enum Kind {
    STRING,
    /** Bytes, in hexadecimal digits: OTLP's own rule for trace and span ids. */
    HEX,
    /** Bytes, in base64. */
    BYTES,
    BOOL,
    VARINT,
    ZIGZAG,
    FIXED32,
    FIXED64,
    DOUBLE,
    ENUM,
    MESSAGE
  }

  /**
   * @param type of a message field, null for scalars
   * @param names of an enum's numbers, empty for others
   */
  record Field(
      String name,
      int number,
      Kind kind,
      boolean repeated,
      @Nullable Message type,
      Map<String, Integer> names) {}

  private final Map<String, Field> fields = new HashMap<>();

  @Nullable Field field(String jsonName) {
    return fields.get(jsonName);
  }

  Message add(Kind kind, int number, String name) {
    return put(new Field(name, number, kind, false, null, Map.of()));
  }

  Message addRepeated(Kind kind, int number, String name) {
    return put(new Field(name, number, kind, true, null, Map.of()));
  }

  Message addEnum(int number, String name, Map<String, Integer> names) {
    return put(new Field(name, number, Kind.ENUM, false, null, names));
  }

  Message add(Message type, int number, String name) {
    return put(new Field(name, number, Kind.MESSAGE, false, type, Map.of()));
  }

  Message addRepeated(Message type, int number, String name) {
    return put(new Field(name, number, Kind.MESSAGE, true, type, Map.of()));
  }

  private Message put(Field field) {
    fields.put(field.name(), field);
    fields.put(snakeCase(field.name()), field);
    return this;
  }

  private static String snakeCase(String camel) {
    StringBuilder out = new StringBuilder();
    for (char c : camel.toCharArray()) {
      if (Character.isUpperCase(c)) {
        out.append('_').append(Character.toLowerCase(c));
      } else {
        out.append(c);
      }
    }
    return out.toString();
  }
}
