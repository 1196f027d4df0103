package dev.sextant.traceql.script;

import dev.sextant.trace.model.SpanValue;
import dev.sextant.traceql.NamedValue;
import dev.sextant.traceql.Value;
import dev.sextant.traceql.ast.Static;
import dev.sextant.traceql.parse.DurationParser;
import dev.sextant.traceql.parse.QueryException;
import dev.sextant.traceql.parse.TraceQlParser;
import dev.sextant.traceql.print.StaticText;
import java.util.ArrayList;
import java.util.List;

/** Values as scripts write them, and answers' values as scripts would. */
final class Values {
  private Values() {}

  /** Quotes resolved; a word without quotes as it stands. */
  static String text(String word) {
    return isQuoted(word) && literal(word) instanceof Static.Text text ? text.value() : word;
  }

  private static boolean isQuoted(String word) {
    return word.startsWith("\"") || word.startsWith("`");
  }

  private static Static literal(String word) {
    try {
      return TraceQlParser.parseStatic(word);
    } catch (QueryException e) {
      throw new IllegalArgumentException("no value: " + word + ": " + e.getMessage(), e);
    }
  }

  /** Nanoseconds, maybe below 0. */
  static long nanos(String word) {
    boolean negative = word.startsWith("-");
    Long nanos = DurationParser.parse(negative ? word.substring(1) : word);
    if (nanos == null) {
      throw new IllegalArgumentException(
          "expected a length of time such as 1m30s, but found " + word);
    }
    return negative ? -nanos : nanos;
  }

  /** An attribute's value: a number, true, false, a list in brackets, else text. */
  static SpanValue attribute(String word) {
    if (word.startsWith("[") && word.endsWith("]")) {
      List<SpanValue> elements = new ArrayList<>();
      for (String part : LineReader.split(word.substring(1, word.length() - 1), ',')) {
        elements.add(attribute(part));
      }
      return new SpanValue.Array(elements);
    }
    if (word.startsWith("other(") && word.endsWith(")")) {
      return new SpanValue.Other(text(word.substring(6, word.length() - 1)));
    }
    if (word.equals("true") || word.equals("false")) {
      return SpanValue.of(word.equals("true"));
    }
    if (!word.matches("[-.]{0,2}\\d.*")) {
      return SpanValue.of(text(word));
    }
    return switch (literal(word)) {
      case Static.Int number -> SpanValue.of(number.value());
      case Static.Float number -> SpanValue.of(number.value());
      default -> throw new IllegalArgumentException("attributes are no lengths of time: " + word);
    };
  }

  /** {@code name=value, …} as {@link #text(List)} writes the same. */
  static String expected(String list) {
    List<String> parts = new ArrayList<>();
    for (String part : LineReader.split(list, ',')) {
      int equals = LineReader.equalsSign(part);
      if (equals < 0) {
        throw new IllegalArgumentException("expected NAME=VALUE, but found " + part);
      }
      parts.add(
          text(part.substring(0, equals).strip())
              + "="
              + normalized(part.substring(equals + 1).strip()));
    }
    return String.join(", ", parts);
  }

  private static String normalized(String value) {
    if (!value.startsWith("[")) {
      return value.startsWith("other(") ? value : StaticText.of(literal(value));
    }
    List<String> parts = new ArrayList<>();
    for (String part : LineReader.split(value.substring(1, value.length() - 1), ',')) {
      parts.add(normalized(part));
    }
    return parts.toString();
  }

  /** Attributes or labels of an answer, in their order. */
  static String text(List<NamedValue> values) {
    List<String> parts = new ArrayList<>();
    for (NamedValue value : values) {
      parts.add(value.name() + "=" + text(value.value()));
    }
    return String.join(", ", parts);
  }

  private static String text(Value value) {
    return switch (value) {
      case Value.Text text -> StaticText.of(new Static.Text(text.value()));
      case Value.Int number -> StaticText.of(new Static.Int(number.value()));
      case Value.Decimal number -> decimal(number.value());
      case Value.Bool bool -> Boolean.toString(bool.value());
      case Value.Duration duration -> StaticText.of(new Static.Duration(duration.nanos()));
      case Value.Status status -> status.status().text();
      case Value.Kind kind -> kind.kind().text();
      case Value.Array array -> array.values().stream().map(Values::text).toList().toString();
      case Value.Other other -> "other(" + StaticText.of(new Static.Text(other.content())) + ")";
      case Value.Nil nil -> "nil";
    };
  }

  private static String decimal(double value) {
    return Double.isFinite(value) ? StaticText.of(new Static.Float(value)) : Double.toString(value);
  }
}
