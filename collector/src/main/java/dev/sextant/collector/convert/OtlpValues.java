package dev.sextant.collector.convert;

import dev.sextant.storage.otlp.AttributeValue;
import dev.sextant.storage.otlp.Attributes;
import dev.sextant.storage.otlp.ProtoWriter;
import dev.sextant.storage.otlp.Slice;

/** Writes OTLP's {@code KeyValue} and {@code AnyValue}. */
public final class OtlpValues {
  private OtlpValues() {}

  /**
   * @param field number of the list of attributes in its message
   */
  public static void attribute(ProtoWriter out, int field, String key, AttributeValue value) {
    int pair = out.begin(field);
    out.text(1, key);
    value(out, 2, value);
    out.end(pair);
  }

  /** An {@code AnyValue}. */
  public static void value(ProtoWriter out, int field, AttributeValue value) {
    int any = out.begin(field);
    switch (value) {
      case AttributeValue.Empty() -> {}
      case AttributeValue.Text(String text) -> out.text(1, text);
      case AttributeValue.Bool(boolean flag) -> out.varint(2, flag ? 1 : 0);
      case AttributeValue.Int(long number) -> out.varint(3, number);
      case AttributeValue.Decimal(double number) ->
          out.fixed64(4, Double.doubleToRawLongBits(number));
      case AttributeValue.Array(var values) -> {
        int array = out.begin(5);
        values.forEach(item -> value(out, 1, item));
        out.end(array);
      }
      case AttributeValue.KeyValues(Attributes attributes) -> {
        int list = out.begin(6);
        attributes.entries().forEach(entry -> attribute(out, 1, entry.key(), entry.value()));
        out.end(list);
      }
      case AttributeValue.Bytes(var bytes) -> out.delimited(7, Slice.of(bytes));
    }
    out.end(any);
  }
}
