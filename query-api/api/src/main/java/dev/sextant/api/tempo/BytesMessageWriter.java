package dev.sextant.api.tempo;

import dev.sextant.storage.otlp.ProtoWriter;
import dev.sextant.storage.otlp.Slice;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** Writes a message as protobuf's bytes. */
final class BytesMessageWriter implements MessageWriter {
  private final ProtoWriter out;

  BytesMessageWriter(ProtoWriter out) {
    this.out = out;
  }

  @Override
  public void textSet(int field, String name, String value) {
    out.text(field, value);
  }

  @Override
  public void boolSet(int field, String name, boolean value) {
    out.varint(field, value ? 1 : 0);
  }

  @Override
  public void int64Set(int field, String name, long value) {
    out.varint(field, value);
  }

  @Override
  public void decimalSet(int field, String name, double value) {
    out.fixed64(field, Double.doubleToRawLongBits(value));
  }

  @Override
  public void bytesSet(int field, String name, byte[] value) {
    out.delimited(field, Slice.of(value));
  }

  @Override
  public void message(int field, String name, Body body) throws IOException {
    int begun = out.begin(field);
    body.write(this);
    out.end(begun);
  }

  @Override
  public <T> void list(int field, String name, List<T> values, Fields<T> fields)
      throws IOException {
    for (T value : values) {
      message(field, name, body -> fields.write(body, value));
    }
  }

  @Override
  public void texts(int field, String name, List<String> values) {
    values.forEach(value -> out.text(field, value));
  }

  @Override
  public <T> void map(int field, String name, Map<String, T> values, Fields<T> fields)
      throws IOException {
    for (Map.Entry<String, T> entry : values.entrySet()) {
      message(
          field,
          name,
          body -> {
            body.text(1, "key", entry.getKey());
            body.message(2, "value", value -> fields.write(value, entry.getValue()));
          });
    }
  }

  @Override
  public void uint32(int field, String name, long value) {
    uint64(field, name, value);
  }

  @Override
  public void uint64(int field, String name, long value) {
    if (value != 0) {
      out.varint(field, value);
    }
  }

  @Override
  public void fixed32(int field, String name, int value) {
    if (value != 0) {
      out.fixed32(field, value);
    }
  }

  @Override
  public void fixed64(int field, String name, long value) {
    if (value != 0) {
      out.fixed64(field, value);
    }
  }

  @Override
  public void choice(int field, String name, int number, String text) {
    uint64(field, name, number);
  }
}
