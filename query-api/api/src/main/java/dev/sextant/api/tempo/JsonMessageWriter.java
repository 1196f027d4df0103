package dev.sextant.api.tempo;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** Writes a message as proto3's JSON. */
final class JsonMessageWriter implements MessageWriter {
  /** Whole numbers below this are written without a point. */
  private static final double WHOLE = 1e15;

  private final JsonGenerator json;

  JsonMessageWriter(JsonGenerator json) {
    this.json = json;
  }

  @Override
  public void textSet(int field, String name, String value) throws IOException {
    json.writeStringField(name, value);
  }

  @Override
  public void boolSet(int field, String name, boolean value) throws IOException {
    json.writeBooleanField(name, value);
  }

  @Override
  public void int64Set(int field, String name, long value) throws IOException {
    json.writeStringField(name, Long.toString(value));
  }

  /** NaN and the infinities become strings, as ProtoJSON wants it. */
  @Override
  public void decimalSet(int field, String name, double value) throws IOException {
    if (value == Math.rint(value) && Math.abs(value) < WHOLE) {
      json.writeNumberField(name, (long) value);
    } else {
      json.writeNumberField(name, value);
    }
  }

  @Override
  public void bytesSet(int field, String name, byte[] value) throws IOException {
    json.writeStringField(name, Base64.getEncoder().encodeToString(value));
  }

  @Override
  public void message(int field, String name, Body body) throws IOException {
    json.writeObjectFieldStart(name);
    body.write(this);
    json.writeEndObject();
  }

  @Override
  public <T> void list(int field, String name, List<T> values, Fields<T> fields)
      throws IOException {
    json.writeArrayFieldStart(name);
    for (T value : values) {
      json.writeStartObject();
      fields.write(this, value);
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  @Override
  public void texts(int field, String name, List<String> values) throws IOException {
    json.writeArrayFieldStart(name);
    for (String value : values) {
      json.writeString(value);
    }
    json.writeEndArray();
  }

  @Override
  public <T> void map(int field, String name, Map<String, T> values, Fields<T> fields)
      throws IOException {
    if (values.isEmpty()) {
      return;
    }
    json.writeObjectFieldStart(name);
    for (Map.Entry<String, T> entry : values.entrySet()) {
      message(field, entry.getKey(), body -> fields.write(body, entry.getValue()));
    }
    json.writeEndObject();
  }

  @Override
  public void uint32(int field, String name, long value) throws IOException {
    if (value != 0) {
      json.writeNumberField(name, value);
    }
  }

  @Override
  public void uint64(int field, String name, long value) throws IOException {
    if (value != 0) {
      json.writeStringField(name, Long.toUnsignedString(value));
    }
  }

  @Override
  public void fixed32(int field, String name, int value) throws IOException {
    uint32(field, name, Integer.toUnsignedLong(value));
  }

  @Override
  public void fixed64(int field, String name, long value) throws IOException {
    uint64(field, name, value);
  }

  @Override
  public void choice(int field, String name, int number, String text) throws IOException {
    if (number != 0) {
      json.writeStringField(name, text);
    }
  }
}
