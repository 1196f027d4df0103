package dev.sextant.collector.otlp.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.sextant.collector.otlp.json.Message.Field;
import java.io.IOException;
import java.util.HexFormat;

/** One pass over a JSON object, writing its protobuf as it goes. Depth is bounded by the parser. */
final class JsonWalk {
  private final JsonParser in;
  private final ProtoWriter out;

  JsonWalk(JsonParser in, ProtoWriter out) {
    this.in = in;
    this.out = out;
  }

  /** From behind the opening brace to the closing one. */
  void object(Message type) throws IOException, ProtoWriter.Overflow {
    while (in.nextToken() != JsonToken.END_OBJECT) {
      Field field = type.field(in.currentName());
      JsonToken token = in.nextToken();
      if (field == null) {
        in.skipChildren();
      } else if (token != JsonToken.VALUE_NULL) {
        if (field.repeated()) {
          list(field);
        } else {
          value(field);
        }
      }
    }
  }

  private void list(Field field) throws IOException, ProtoWriter.Overflow {
    if (in.currentToken() != JsonToken.START_ARRAY) {
      throw bad("an array");
    }
    boolean packed =
        switch (field.kind()) {
          case STRING, HEX, BYTES, MESSAGE -> false;
          default -> true;
        };
    int begun = packed ? out.begin(field.number()) : 0;
    while (in.nextToken() != JsonToken.END_ARRAY) {
      if (packed) {
        scalar(field);
      } else {
        value(field);
      }
    }
    if (packed) {
      out.end(begun);
    }
  }

  private void value(Field field) throws IOException, ProtoWriter.Overflow {
    int number = field.number();
    switch (field.kind()) {
      case STRING -> out.bytes(number, OtlpJson.utf8(text()));
      case HEX -> out.bytes(number, hex());
      case BYTES -> out.bytes(number, base64());
      case MESSAGE -> message(field);
      case BOOL, VARINT, ZIGZAG, ENUM -> {
        out.tagVarint(number);
        scalar(field);
      }
      case FIXED32 -> {
        out.tagFixed32(number);
        scalar(field);
      }
      case FIXED64, DOUBLE -> {
        out.tagFixed64(number);
        scalar(field);
      }
    }
  }

  private void message(Field field) throws IOException, ProtoWriter.Overflow {
    if (in.currentToken() != JsonToken.START_OBJECT || field.type() == null) {
      throw bad("an object");
    }
    int begun = out.begin(field.number());
    object(field.type());
    out.end(begun);
  }

  private void scalar(Field field) throws IOException, ProtoWriter.Overflow {
    switch (field.kind()) {
      case BOOL -> out.varint(bool() ? 1 : 0);
      case VARINT -> out.varint(integer());
      case ZIGZAG -> {
        long value = integer();
        out.varint((value << 1) ^ (value >> 63));
      }
      case ENUM -> out.varint(enumNumber(field));
      case FIXED32 -> out.fixed(integer(), 4);
      case FIXED64 -> out.fixed(integer(), 8);
      case DOUBLE -> out.fixed(Double.doubleToRawLongBits(decimal()), 8);
      case STRING, HEX, BYTES, MESSAGE -> throw new IllegalStateException("not a scalar: " + field);
    }
  }

  private String text() throws IOException {
    if (in.currentToken() != JsonToken.VALUE_STRING) {
      throw bad("a string");
    }
    return in.getText();
  }

  private boolean bool() throws IOException {
    return switch (in.currentToken()) {
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      default -> throw bad("true or false");
    };
  }

  /** Signed and unsigned 64 bits alike: 2^63 and above wraps, as on the wire. */
  private long integer() throws IOException {
    JsonToken token = in.currentToken();
    try {
      if (token == JsonToken.VALUE_NUMBER_FLOAT) {
        double value = in.getDoubleValue();
        if (value == Math.rint(value) && Math.abs(value) < 1L << 53) {
          return (long) value;
        }
      } else if (token == JsonToken.VALUE_NUMBER_INT || token == JsonToken.VALUE_STRING) {
        String digits = in.getText();
        return digits.startsWith("-") ? Long.parseLong(digits) : Long.parseUnsignedLong(digits);
      }
    } catch (NumberFormatException e) {
      throw bad("a 64-bit integer");
    }
    throw bad("a 64-bit integer");
  }

  private double decimal() throws IOException {
    JsonToken token = in.currentToken();
    if (token == JsonToken.VALUE_NUMBER_FLOAT || token == JsonToken.VALUE_NUMBER_INT) {
      return in.getDoubleValue();
    }
    if (token != JsonToken.VALUE_STRING) {
      throw bad("a number");
    }
    try {
      return Double.parseDouble(in.getText());
    } catch (NumberFormatException e) {
      throw bad("a number, \"NaN\", \"Infinity\" or \"-Infinity\"");
    }
  }

  private long enumNumber(Field field) throws IOException {
    if (in.currentToken() == JsonToken.VALUE_STRING) {
      Integer number = field.names().get(in.getText());
      if (number != null) {
        return number;
      }
    }
    return integer();
  }

  private byte[] hex() throws IOException {
    try {
      return HexFormat.of().parseHex(text());
    } catch (IllegalArgumentException e) {
      throw bad("hexadecimal digits");
    }
  }

  private byte[] base64() throws IOException {
    text();
    return in.getBinaryValue();
  }

  /** What was expected, and where. */
  private IOException bad(String expected) throws IOException {
    JsonToken token = in.currentToken();
    String found =
        token == null ? "the end" : token.isStructStart() ? token.asString() : in.getText();
    if (found.length() > 60) {
      found = found.substring(0, 60) + "…";
    }
    return new IOException(
        in.getParsingContext().pathAsPointer()
            + ": expected "
            + expected
            + ", found '"
            + found
            + "'");
  }
}
