package dev.sextant.traceql.ast;

/** A number for a whole spanset. */
public sealed interface Aggregate {
  /** {@code count()}: how many spans. */
  record Count() implements Aggregate {}

  /**
   * {@code min(operand)} and the like, over the spans that have the operand.
   *
   * @param operand numeric or dynamic; refers to the span
   */
  record Over(Op op, FieldExpr operand) implements Aggregate {}

  /** How values become one. */
  enum Op {
    MIN("min"),
    MAX("max"),
    AVG("avg"),
    SUM("sum");

    private final String text;

    Op(String text) {
      this.text = text;
    }

    /** As queries write it. */
    public String text() {
      return text;
    }
  }

  /** What it is before any span is seen. */
  default ValueType type() {
    return switch (this) {
      case Count count -> ValueType.INT;
      case Over over -> over.operand().type();
    };
  }
}
