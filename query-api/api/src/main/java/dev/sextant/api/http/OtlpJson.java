package dev.sextant.api.http;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.sextant.storage.otlp.AttributeValue;
import dev.sextant.storage.otlp.Attributes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HexFormat;

/** Writes attributes as the API's {@code [{"key","value"}]}. */
public final class OtlpJson {
  /** Beyond this a double, and so a browser, loses digits. */
  private static final long SAFE_INTEGER = 1L << 53;

  private OtlpJson() {}

  public static void attributes(JsonGenerator json, String field, Attributes attributes)
      throws IOException {
    json.writeArrayFieldStart(field);
    for (Attributes.Entry entry : attributes.entries()) {
      json.writeStartObject();
      json.writeStringField("key", entry.key());
      json.writeFieldName("value");
      value(json, entry.value());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void value(JsonGenerator json, AttributeValue value) throws IOException {
    switch (value) {
      case AttributeValue.Empty() -> json.writeNull();
      case AttributeValue.Text(String text) -> json.writeString(text);
      case AttributeValue.Bool(boolean bool) -> json.writeBoolean(bool);
      case AttributeValue.Int(long number) -> integer(json, number);
      case AttributeValue.Decimal(double number) -> decimal(json, number);
      case AttributeValue.Bytes(ByteBuffer bytes) -> json.writeString(hex(bytes));
      case AttributeValue.Array array -> {
        json.writeStartArray();
        for (AttributeValue each : array.values()) {
          value(json, each);
        }
        json.writeEndArray();
      }
      case AttributeValue.KeyValues(Attributes attributes) -> {
        json.writeStartObject();
        for (Attributes.Entry entry : attributes.entries()) {
          json.writeFieldName(entry.key());
          value(json, entry.value());
        }
        json.writeEndObject();
      }
    }
  }

  private static void integer(JsonGenerator json, long number) throws IOException {
    if (number > -SAFE_INTEGER && number < SAFE_INTEGER) {
      json.writeNumber(number);
    } else {
      json.writeString(Long.toString(number));
    }
  }

  /** NaN and the infinities are no JSON numbers and are written as text. */
  private static void decimal(JsonGenerator json, double number) throws IOException {
    if (Double.isFinite(number)) {
      json.writeNumber(number);
    } else {
      json.writeString(Double.toString(number));
    }
  }

  private static String hex(ByteBuffer bytes) {
    byte[] copy = new byte[bytes.remaining()];
    bytes.duplicate().get(copy);
    return HexFormat.of().formatHex(copy);
  }
}
