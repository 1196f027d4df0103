package dev.sextant.api.jaeger;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.sextant.storage.otlp.AttributeValue;
import dev.sextant.storage.otlp.Attributes;
import dev.sextant.trace.Span;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Locale;

/** Tags with their types, as Jaeger's page reads them. */
final class UiTag {
  /** Beyond this a browser's number loses digits. */
  private static final long SAFE_INTEGER = 1L << 53;

  private UiTag() {}

  /** Attributes first, then what the span's own fields say. */
  static void ofSpan(JsonGenerator json, Span span) throws IOException {
    Attributes attributes = span.attributes();
    for (Attributes.Entry tag : attributes.entries()) {
      if (!tag.key().equals(UiTrace.WARNINGS) && !tag.key().equals(UiTrace.DEBUG)) {
        write(json, tag.key(), tag.value());
      }
    }
    text(json, attributes, "otel.scope.name", span.scope().name());
    text(json, attributes, "otel.scope.version", span.scope().version());
    if (span.kind() != Span.Kind.UNSPECIFIED) {
      text(json, attributes, "span.kind", span.kind().name().toLowerCase(Locale.ROOT));
    }
    if (span.status() != Span.Status.UNSET) {
      text(json, attributes, "otel.status_code", span.status().name());
    }
    text(json, attributes, "otel.status_description", span.statusMessage());
    if (span.status() == Span.Status.ERROR && attributes.get("error") == null) {
      write(json, "error", AttributeValue.of(true));
    }
    text(json, attributes, "w3c.tracestate", span.traceState());
  }

  /** Unless it is empty or an attribute of that key was written. */
  private static void text(JsonGenerator json, Attributes written, String key, String value)
      throws IOException {
    if (!value.isEmpty() && written.get(key) == null) {
      write(json, key, AttributeValue.of(value));
    }
  }

  static void write(JsonGenerator json, String key, AttributeValue value) throws IOException {
    json.writeStartObject();
    json.writeStringField("key", key);
    switch (value) {
      case AttributeValue.Bool(boolean bool) -> {
        json.writeStringField("type", "bool");
        json.writeBooleanField("value", bool);
      }
      case AttributeValue.Int(long number) -> {
        json.writeStringField("type", "int64");
        if (number > -SAFE_INTEGER && number < SAFE_INTEGER) {
          json.writeNumberField("value", number);
        } else {
          json.writeStringField("value", Long.toString(number));
        }
      }
      case AttributeValue.Decimal(double number) -> {
        json.writeStringField("type", "float64");
        if (Double.isFinite(number)) {
          json.writeNumberField("value", number);
        } else {
          json.writeStringField("value", Double.toString(number));
        }
      }
      case AttributeValue.Bytes(ByteBuffer bytes) -> {
        json.writeStringField("type", "binary");
        byte[] copy = new byte[bytes.remaining()];
        bytes.duplicate().get(copy);
        json.writeBinaryField("value", copy);
      }
      case AttributeValue.Text text -> text(json, text);
      case AttributeValue.Empty empty -> text(json, empty);
      case AttributeValue.Array array -> text(json, array);
      case AttributeValue.KeyValues map -> text(json, map);
    }
    json.writeEndObject();
  }

  private static void text(JsonGenerator json, AttributeValue value) throws IOException {
    json.writeStringField("type", "string");
    json.writeStringField("value", value.asText());
  }
}
