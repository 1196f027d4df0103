package dev.sextant.traceql;

import dev.sextant.traceql.ast.Static;
import dev.sextant.traceql.print.DurationText;
import java.util.List;

/** What an expression is for one span, and what answers carry. */
public sealed interface Value {
  record Text(String value) implements Value {}

  record Int(long value) implements Value {}

  record Decimal(double value) implements Value {}

  record Bool(boolean value) implements Value {}

  /** A span of time. */
  record Duration(long nanos) implements Value {}

  record Status(Static.Status status) implements Value {}

  record Kind(Static.Kind kind) implements Value {}

  /** A list attribute; its elements are texts, numbers and booleans. */
  record Array(List<Value> values) implements Value {
    public Array {
      values = List.copyOf(values);
    }
  }

  /** Bytes, maps and what else the language has no type for, as people read it. */
  record Other(String content) implements Value {}

  /** No value. */
  record Nil() implements Value {}

  Value NIL = new Nil();
  Value TRUE = new Bool(true);
  Value FALSE = new Bool(false);

  static Value of(boolean value) {
    return value ? TRUE : FALSE;
  }

  /** As answers write it where they have only text: {@code error}, {@code 1.5s}, {@code nil}. */
  default String text() {
    return switch (this) {
      case Text text -> text.value();
      case Int number -> Long.toString(number.value());
      case Decimal number -> Double.toString(number.value());
      case Bool bool -> Boolean.toString(bool.value());
      case Duration duration -> DurationText.of(duration.nanos());
      case Status status -> status.status().text();
      case Kind kind -> kind.kind().text();
      case Array array -> array.values().stream().map(Value::text).toList().toString();
      case Other other -> other.content();
      case Nil nil -> "nil";
    };
  }
}
