package dev.sextant.traceql.ast;

import java.util.List;

/** A value computed for one span. What refers to no span is folded to a {@link Literal}. */
public sealed interface FieldExpr {
  Place place();

  /** A value. */
  record Literal(Static value, Place place) implements FieldExpr {}

  /** An attribute or intrinsic of the span. */
  record Field(Reference reference, Place place) implements FieldExpr {}

  /** {@code -operand}, {@code !operand}. */
  record Unary(UnaryOp op, FieldExpr operand, Place place) implements FieldExpr {}

  /**
   * {@code first && second && …}, evaluated from left to right.
   *
   * @param operands at least two, boolean or dynamic; the first is no {@link Logical} of the same
   *     operator
   */
  record Logical(LogicalOp op, List<FieldExpr> operands, Place place) implements FieldExpr {
    public Logical {
      operands = List.copyOf(operands);
    }
  }

  /** {@code left op right}. Neither side is a literal nil beside {@code =} or {@code !=}. */
  record Binary(FieldOp op, FieldExpr left, FieldExpr right, Place place) implements FieldExpr {}

  /**
   * {@code operand =~ "regex"}, {@code operand !~ "regex"}: the whole text matches, a dot matching
   * line breaks too.
   *
   * @param regex an RE2 expression that compiles
   */
  record Match(boolean negated, FieldExpr operand, String regex, Place place)
      implements FieldExpr {}

  /**
   * {@code operand != nil}, {@code operand = nil}.
   *
   * @param present whether it is asked for to be there
   */
  record Presence(boolean present, FieldExpr operand, Place place) implements FieldExpr {}

  /** An operator before its operand. */
  enum UnaryOp {
    NEGATE("-"),
    NOT("!");

    private final String symbol;

    UnaryOp(String symbol) {
      this.symbol = symbol;
    }

    public String symbol() {
      return symbol;
    }
  }

  /** What it is before any span is seen. */
  default ValueType type() {
    return switch (this) {
      case Literal literal -> literal.value().type();
      case Field field -> field.reference().type();
      case Unary unary -> unary.operand().type();
      case Logical logical -> ValueType.BOOL;
      case Binary binary -> binary.op().type(binary.left().type(), binary.right().type());
      case Match match -> ValueType.BOOL;
      case Presence presence -> ValueType.BOOL;
    };
  }

  /** Whether its value may differ between spans. */
  default boolean refersToSpan() {
    return switch (this) {
      case Literal literal -> false;
      case Field field -> true;
      case Unary unary -> unary.operand().refersToSpan();
      case Logical logical -> logical.operands().stream().anyMatch(FieldExpr::refersToSpan);
      case Binary binary -> binary.left().refersToSpan() || binary.right().refersToSpan();
      case Match match -> match.operand().refersToSpan();
      case Presence presence -> presence.operand().refersToSpan();
    };
  }
}
