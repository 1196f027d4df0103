package dev.sextant.api.prometheus;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.sextant.metrics.model.Matcher;
import dev.sextant.promql.ast.DurationExpr;
import dev.sextant.promql.ast.Expr;
import dev.sextant.promql.ast.FunctionSignature;
import dev.sextant.promql.ast.Modifiers;
import dev.sextant.promql.ast.ValueType;
import dev.sextant.promql.ast.VectorMatching;
import dev.sextant.promql.print.GoNumbers;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A syntax tree as Prometheus' {@code parse_query} shows it: each node an object with its {@code
 * type}, lengths of time in milliseconds, what is not set null.
 */
final class AstJson {
  private final JsonGenerator json;

  private AstJson(JsonGenerator json) {
    this.json = json;
  }

  static void write(JsonGenerator json, Expr expression) throws IOException {
    new AstJson(json).node(expression);
  }

  private void field(String name, @Nullable Expr node) throws IOException {
    json.writeFieldName(name);
    if (node == null) {
      json.writeNull();
    } else {
      node(node);
    }
  }

  private void node(Expr node) throws IOException {
    json.writeStartObject();
    switch (node) {
      case Expr.NumberLiteral number -> value("numberLiteral", GoNumbers.plain(number.value()));
      case Expr.StringLiteral string -> value("stringLiteral", string.value());
      case Expr.Paren paren -> {
        json.writeStringField("type", "parenExpr");
        field("expr", paren.inner());
      }
      case Expr.Unary unary -> {
        json.writeStringField("type", "unaryExpr");
        json.writeStringField("op", unary.negative() ? "-" : "+");
        field("expr", unary.operand());
      }
      case Expr.VectorSelector selector -> {
        json.writeStringField("type", "vectorSelector");
        selector(selector);
      }
      case Expr.MatrixSelector matrix -> {
        json.writeStringField("type", "matrixSelector");
        duration("range", matrix.range());
        selector(matrix.selector());
      }
      case Expr.Subquery subquery -> subquery(subquery);
      case Expr.Call call -> call(call);
      case Expr.Aggregate aggregate -> aggregate(aggregate);
      case Expr.Binary binary -> binary(binary);
    }
    json.writeEndObject();
  }

  private void value(String type, String value) throws IOException {
    json.writeStringField("type", type);
    json.writeStringField("val", value);
  }

  private void aggregate(Expr.Aggregate aggregate) throws IOException {
    json.writeStringField("type", "aggregation");
    json.writeStringField("op", aggregate.op().text());
    field("expr", aggregate.operand());
    field("param", aggregate.parameter());
    texts("grouping", aggregate.grouping());
    json.writeBooleanField("without", aggregate.without());
  }

  private void binary(Expr.Binary binary) throws IOException {
    json.writeStringField("type", "binaryExpr");
    json.writeStringField("op", binary.op().symbol());
    field("lhs", binary.left());
    field("rhs", binary.right());
    json.writeBooleanField("bool", binary.bool());
    matching(binary.matching());
  }

  private void matching(@Nullable VectorMatching matching) throws IOException {
    json.writeFieldName("matching");
    if (matching == null) {
      json.writeNull();
      return;
    }
    json.writeStartObject();
    json.writeStringField("card", matching.cardinality().text());
    texts("labels", matching.labels());
    json.writeBooleanField("on", matching.on());
    texts("include", matching.include());
    json.writeObjectFieldStart("fillValues");
    number("lhs", matching.fillLeft());
    number("rhs", matching.fillRight());
    json.writeEndObject();
    json.writeEndObject();
  }

  private void number(String name, @Nullable Double value) throws IOException {
    if (value == null || !Double.isFinite(value)) {
      json.writeNullField(name);
    } else {
      json.writeFieldName(name);
      json.writeNumber(GoNumbers.plain(value));
    }
  }

  private void texts(String name, List<String> values) throws IOException {
    json.writeArrayFieldStart(name);
    for (String value : values) {
      json.writeString(value);
    }
    json.writeEndArray();
  }

  private void call(Expr.Call call) throws IOException {
    json.writeStringField("type", "call");
    FunctionSignature function = call.function();
    json.writeObjectFieldStart("func");
    json.writeStringField("name", function.name());
    texts("argTypes", function.args().stream().map(AstJson::type).toList());
    json.writeNumberField("variadic", function.variadic());
    json.writeStringField("returnType", type(function.returns()));
    json.writeEndObject();
    json.writeArrayFieldStart("args");
    for (Expr argument : call.args()) {
      node(argument);
    }
    json.writeEndArray();
  }

  private static String type(ValueType type) {
    return type.name().toLowerCase(Locale.ROOT);
  }

  private void selector(Expr.VectorSelector selector) throws IOException {
    json.writeStringField("name", selector.name());
    json.writeArrayFieldStart("matchers");
    for (Matcher matcher : selector.matchers()) {
      json.writeStartObject();
      json.writeStringField("name", matcher.name());
      json.writeStringField("value", matcher.value());
      json.writeStringField("type", matcher.type().symbol());
      json.writeEndObject();
    }
    json.writeEndArray();
    modifiers(selector.modifiers());
    Modifiers.Bounds bounds = selector.modifiers().bounds();
    json.writeBooleanField("anchored", bounds == Modifiers.Bounds.ANCHORED);
    json.writeBooleanField("smoothed", bounds == Modifiers.Bounds.SMOOTHED);
  }

  private void subquery(Expr.Subquery subquery) throws IOException {
    json.writeStringField("type", "subquery");
    field("expr", subquery.inner());
    duration("range", subquery.range());
    duration("step", subquery.step());
    modifiers(subquery.modifiers());
  }

  private void modifiers(Modifiers modifiers) throws IOException {
    duration("offset", modifiers.offset());
    switch (modifiers.at()) {
      case null -> at(null, null);
      case Modifiers.At.Time time -> at(time.millis(), null);
      case Modifiers.At.Start start -> at(null, "start");
      case Modifiers.At.End end -> at(null, "end");
    }
  }

  private void at(@Nullable Long millis, @Nullable String bound) throws IOException {
    json.writeFieldName("timestamp");
    if (millis == null) {
      json.writeNull();
    } else {
      json.writeNumber(millis);
    }
    json.writeStringField("startOrEnd", bound);
  }

  /** {@code NAME} in milliseconds and {@code NAMEExpr}, of which one says something. */
  private void duration(String name, @Nullable DurationExpr duration) throws IOException {
    if (duration == null || literal(duration) instanceof DurationExpr.Literal) {
      double seconds =
          duration != null && literal(duration) instanceof DurationExpr.Literal it
              ? it.seconds()
              : 0;
      json.writeNumberField(name, Math.round(seconds * 1000));
      json.writeNullField(name + "Expr");
    } else {
      json.writeNumberField(name, 0);
      json.writeFieldName(name + "Expr");
      duration(duration, false);
    }
  }

  /** A literal without the parentheses around it; anything else as it is. */
  private static DurationExpr literal(DurationExpr duration) {
    return duration instanceof DurationExpr.Paren paren
            && literal(paren.inner()) instanceof DurationExpr.Literal inner
        ? inner
        : duration;
  }

  private void duration(@Nullable DurationExpr duration, boolean wrapped) throws IOException {
    switch (duration) {
      case null -> json.writeNull();
      case DurationExpr.Literal it -> {
        json.writeStartObject();
        value("numberLiteral", GoNumbers.plain(it.seconds()));
        json.writeBooleanField("duration", it.units());
        json.writeEndObject();
      }
      case DurationExpr.Paren it -> duration(it.inner(), true);
      case DurationExpr.Outer it -> operation(it.step() ? "step" : "range", null, null, wrapped);
      case DurationExpr.Negated it -> operation("-", null, it.inner(), wrapped);
      case DurationExpr.Extreme it ->
          operation(it.min() ? "min_of" : "max_of", it.left(), it.right(), wrapped);
      case DurationExpr.Arithmetic it ->
          operation(it.op().symbol(), it.left(), it.right(), wrapped);
    }
  }

  private void operation(
      String op, @Nullable DurationExpr left, @Nullable DurationExpr right, boolean wrapped)
      throws IOException {
    json.writeStartObject();
    json.writeStringField("type", "durationExpr");
    json.writeStringField("op", op);
    json.writeFieldName("lhs");
    duration(left, false);
    json.writeFieldName("rhs");
    duration(right, false);
    json.writeBooleanField("wrapped", wrapped);
    json.writeEndObject();
  }
}
