package dev.sextant.promql.parse;

import dev.sextant.metrics.model.Labels;
import dev.sextant.metrics.model.Matcher;
import dev.sextant.promql.ast.AggregateOp;
import dev.sextant.promql.ast.Expr;
import dev.sextant.promql.ast.FunctionSignature;
import dev.sextant.promql.ast.Span;
import dev.sextant.promql.ast.ValueType;
import dev.sextant.promql.ast.VectorMatching;
import dev.sextant.promql.ast.VectorMatching.Cardinality;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rules that syntax alone does not hold, in the order in which Prometheus checks them. */
final class TypeCheck {
  private final String query;

  TypeCheck(String query) {
    this.query = query;
  }

  ValueType check(Expr expr) {
    switch (expr) {
      case Expr.NumberLiteral n -> {}
      case Expr.StringLiteral s -> {}
      case Expr.Paren paren -> check(paren.inner());
      case Expr.Unary unary -> unary(unary);
      case Expr.VectorSelector selector -> selector(selector, false);
      case Expr.MatrixSelector matrix -> check(matrix.selector());
      case Expr.Subquery subquery -> subquery(subquery);
      case Expr.Call call -> call(call);
      case Expr.Aggregate aggregate -> aggregate(aggregate);
      case Expr.Binary binary -> binary(binary);
    }
    return expr.type();
  }

  private void expect(Expr expr, ValueType wanted, String context) {
    ValueType type = check(expr);
    if (type != wanted) {
      throw error(
          expr.span(),
          "expected type " + wanted.text() + " in " + context + ", got " + type.text());
    }
  }

  private void unary(Expr.Unary unary) {
    ValueType type = check(unary.operand());
    if (type != ValueType.SCALAR && type != ValueType.VECTOR) {
      throw error(
          unary.span(),
          "unary expression only allowed on expressions of type scalar or instant vector, got \""
              + type.text()
              + "\"");
    }
  }

  private void subquery(Expr.Subquery subquery) {
    ValueType type = check(subquery.inner());
    if (type != ValueType.VECTOR) {
      String name = type == ValueType.MATRIX ? "matrix" : type.text();
      throw error(
          subquery.span(), "subquery is only allowed on instant vector, got " + name + " instead");
    }
  }

  private void aggregate(Expr.Aggregate aggregate) {
    expect(aggregate.operand(), ValueType.VECTOR, "aggregation expression");
    Expr parameter = aggregate.parameter();
    if (parameter != null) {
      ValueType wanted =
          aggregate.op() == AggregateOp.COUNT_VALUES ? ValueType.STRING : ValueType.SCALAR;
      expect(parameter, wanted, "aggregation parameter");
    }
  }

  private void selector(Expr.VectorSelector selector, boolean emptyAllowed) {
    List<Matcher> matchers = selector.matchers();
    String name = selector.name();
    int inBraces = name.isEmpty() ? matchers.size() : matchers.size() - 1;
    for (int i = 0; i < inBraces; i++) {
      Matcher matcher = matchers.get(i);
      if (matcher.name().equals(Labels.NAME) && !name.isEmpty()) {
        throw error(
            selector.span(),
            "metric name must not be set twice: "
                + Quoting.quote(name)
                + " or "
                + Quoting.quote(matcher.value()));
      }
    }
    if (name.isEmpty() && !emptyAllowed && matchers.stream().allMatch(m -> m.matches(""))) {
      throw error(selector.span(), "vector selector must contain at least one non-empty matcher");
    }
  }

  private void call(Expr.Call call) {
    FunctionSignature function = call.function();
    int given = call.args().size();
    String bound = "";
    int wanted = function.minArgs();
    boolean wrong = given < function.minArgs() || given > function.maxArgs();
    if (wrong && function.variadic() != 0) {
      bound = given < function.minArgs() ? "at least " : "at most ";
      wanted = given < function.minArgs() ? function.minArgs() : function.maxArgs();
    }
    String quoted = Quoting.quote(function.name());
    if (wrong) {
      throw error(
          call.span(),
          "expected " + bound + wanted + " argument(s) in call to " + quoted + ", got " + given);
    }
    boolean info = function.name().equals("info");
    for (int i = 0; i < given; i++) {
      Expr arg = call.args().get(i);
      if (info && i == 1) {
        infoSelector(call, arg);
      } else {
        expect(arg, function.arg(i), "call to function " + quoted);
      }
    }
  }

  private void infoSelector(Expr.Call call, Expr arg) {
    if (arg.type() != ValueType.VECTOR) {
      throw error(
          call.span(),
          "expected type instant vector in call to function \"info\", got " + arg.type().text());
    }
    if (!(arg instanceof Expr.VectorSelector selector)) {
      throw error(arg.span(), "expected label selectors only");
    }
    if (!selector.name().isEmpty()) {
      throw error(arg.span(), "expected label selectors only, got vector selector instead");
    }
    selector(selector, true);
  }

  private void binary(Expr.Binary binary) {
    ValueType left = check(binary.left());
    ValueType right = check(binary.right());
    Span operator = operatorSpan(binary);
    boolean scalars = left == ValueType.SCALAR && right == ValueType.SCALAR;
    if (binary.bool() && !binary.op().isComparison()) {
      throw error(operator, "bool modifier can only be used on comparison operators");
    }
    if (binary.op().isComparison() && !binary.bool() && scalars) {
      throw error(operator, "comparisons between scalars must use BOOL modifier");
    }
    includeNotOn(binary.matching(), operator);
    requireOperand(binary.left(), left);
    requireOperand(binary.right(), right);
    boolean vectors = left == ValueType.VECTOR && right == ValueType.VECTOR;
    String quoted = Quoting.quote(binary.op().symbol());
    VectorMatching matching = binary.matching();
    if (matching != null && !vectors) {
      throw error(
          binary.span(),
          matching.labels().isEmpty()
              ? "filling in missing series only allowed between instant vectors"
              : "vector matching only allowed between instant vectors");
    }
    if (matching != null && binary.op().isSet()) {
      if (matching.cardinality() != Cardinality.MANY_TO_MANY) {
        throw error(binary.span(), "no grouping allowed for " + quoted + " operation");
      }
      if (matching.fills()) {
        throw error(binary.span(), "filling in missing series not allowed for set operators");
      }
    }
    if (!vectors && binary.op().isSet()) {
      throw error(
          binary.span(), "set operator " + quoted + " not allowed in binary scalar expression");
    }
  }

  private void includeNotOn(@Nullable VectorMatching matching, Span operator) {
    if (matching == null || !matching.on()) {
      return;
    }
    for (String label : matching.labels()) {
      if (matching.include().contains(label)) {
        throw error(
            operator,
            "label " + Quoting.quote(label) + " must not occur in ON and GROUP clause at once");
      }
    }
  }

  private void requireOperand(Expr operand, ValueType type) {
    if (type != ValueType.SCALAR && type != ValueType.VECTOR) {
      throw error(
          operand.span(), "binary expression must contain only scalar and instant vector types");
    }
  }

  private Span operatorSpan(Expr.Binary binary) {
    int start = binary.left().span().end();
    int end = binary.right().span().start();
    while (start < end && Character.isWhitespace(query.charAt(start))) {
      start++;
    }
    while (end > start && Character.isWhitespace(query.charAt(end - 1))) {
      end--;
    }
    return new Span(start, end);
  }

  private ParseException error(Span span, String detail) {
    return new ParseException(query, span, detail);
  }
}
