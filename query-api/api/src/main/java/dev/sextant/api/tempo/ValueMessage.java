package dev.sextant.api.tempo;

import dev.sextant.traceql.NamedValue;
import dev.sextant.traceql.Value;
import java.io.IOException;
import java.util.List;

/** The engine's values as OTLP's {@code KeyValue}s; what OTLP has no type for becomes text. */
final class ValueMessage {
  private ValueMessage() {}

  static void named(MessageWriter out, int field, String name, List<NamedValue> values)
      throws IOException {
    out.messages(
        field,
        name,
        values,
        (message, named) -> {
          message.text(1, "key", named.name());
          message.message(2, "value", body -> value(body, named.value()));
        });
  }

  private static void value(MessageWriter out, Value value) throws IOException {
    switch (value) {
      case Value.Bool(boolean bool) -> out.boolSet(2, "boolValue", bool);
      case Value.Int(long number) -> out.int64Set(3, "intValue", number);
      case Value.Decimal(double number) -> out.decimalSet(4, "doubleValue", number);
      case Value.Array(List<Value> values) ->
          out.message(
              5, "arrayValue", list -> list.messages(1, "values", values, ValueMessage::value));
      case Value.Text text -> out.textSet(1, "stringValue", text.value());
      case Value.Duration duration -> out.textSet(1, "stringValue", duration.text());
      case Value.Status status -> out.textSet(1, "stringValue", status.text());
      case Value.Kind kind -> out.textSet(1, "stringValue", kind.text());
      case Value.Other other -> out.textSet(1, "stringValue", other.text());
      case Value.Nil nil -> out.textSet(1, "stringValue", nil.text());
    }
  }
}
