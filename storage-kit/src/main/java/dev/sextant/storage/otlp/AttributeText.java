package dev.sextant.storage.otlp;

import java.nio.ByteBuffer;
import java.util.HexFormat;

/** Writes attribute values as text. */
final class AttributeText {
  private AttributeText() {}

  static String of(AttributeValue value) {
    if (value instanceof AttributeValue.Text text) {
      return text.value();
    }
    StringBuilder out = new StringBuilder();
    json(value, out, false);
    return out.toString();
  }

  private static void json(AttributeValue value, StringBuilder out, boolean quoted) {
    switch (value) {
      case AttributeValue.Empty() -> out.append(quoted ? "null" : "");
      case AttributeValue.Text(String text) -> quote(text, out);
      case AttributeValue.Bool(boolean bool) -> out.append(bool);
      case AttributeValue.Int(long number) -> out.append(number);
      case AttributeValue.Decimal(double number) -> out.append(number);
      case AttributeValue.Bytes(ByteBuffer bytes) -> {
        String hex = hex(bytes);
        out.append(quoted ? "\"" + hex + "\"" : hex);
      }
      case AttributeValue.Array array -> {
        out.append('[');
        String separator = "";
        for (AttributeValue each : array.values()) {
          out.append(separator);
          json(each, out, true);
          separator = ",";
        }
        out.append(']');
      }
      case AttributeValue.KeyValues(Attributes attributes) -> {
        out.append('{');
        String separator = "";
        for (Attributes.Entry each : attributes.entries()) {
          out.append(separator);
          quote(each.key(), out);
          out.append(':');
          json(each.value(), out, true);
          separator = ",";
        }
        out.append('}');
      }
    }
  }

  private static String hex(ByteBuffer bytes) {
    byte[] copy = new byte[bytes.remaining()];
    bytes.duplicate().get(copy);
    return HexFormat.of().formatHex(copy);
  }

  private static void quote(String text, StringBuilder out) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        default -> {
          if (c < 0x20) {
            out.append(String.format("\\u%04x", (int) c));
          } else {
            out.append(c);
          }
        }
      }
    }
    out.append('"');
  }
}
