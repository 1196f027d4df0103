package dev.sextant.traceql.print;

import dev.sextant.traceql.ast.Aggregate;
import dev.sextant.traceql.ast.FieldExpr;
import dev.sextant.traceql.ast.Reference;
import java.util.ArrayList;
import java.util.List;

/** Writes what stands in a filter, a grouping or an aggregate. */
public final class FieldPrinter {
  private FieldPrinter() {}

  /** On one line; every operand that is an expression of its own stands in parentheses. */
  public static String print(FieldExpr expr) {
    return switch (expr) {
      case FieldExpr.Literal literal -> StaticText.of(literal.value());
      case FieldExpr.Field field -> field.reference().text();
      case FieldExpr.Unary unary -> unary.op().symbol() + operand(unary.operand());
      case FieldExpr.Logical logical -> logical(logical);
      case FieldExpr.Binary binary ->
          first(binary.left()) + " " + binary.op().symbol() + " " + operand(binary.right());
      case FieldExpr.Match match ->
          operand(match.operand())
              + (match.negated() ? " !~ " : " =~ ")
              + StaticText.quote(match.regex());
      case FieldExpr.Presence presence ->
          operand(presence.operand()) + (presence.present() ? " != nil" : " = nil");
    };
  }

  /** As answers name it: {@code count()}, {@code avg(duration)}. */
  public static String print(Aggregate aggregate) {
    return switch (aggregate) {
      case Aggregate.Count count -> "count()";
      case Aggregate.Over over -> over.op().text() + "(" + print(over.operand()) + ")";
    };
  }

  /** Divided by commas. */
  static String print(List<Reference> references) {
    List<String> parts = new ArrayList<>();
    references.forEach(reference -> parts.add(reference.text()));
    return String.join(", ", parts);
  }

  private static String logical(FieldExpr.Logical logical) {
    List<String> parts = new ArrayList<>();
    for (FieldExpr operand : logical.operands()) {
      parts.add(operand(operand));
    }
    return String.join(" " + logical.op().symbol() + " ", parts);
  }

  private static String operand(FieldExpr expr) {
    return expr instanceof FieldExpr.Literal || expr instanceof FieldExpr.Field
        ? print(expr)
        : "(" + print(expr) + ")";
  }

  /** The left operand. A sign would be read as one of the whole operation. */
  private static String first(FieldExpr expr) {
    return expr instanceof FieldExpr.Literal literal && StaticText.isNegative(literal.value())
        ? "(" + print(expr) + ")"
        : operand(expr);
  }
}
