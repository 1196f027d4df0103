package dev.sextant.traceql.ast;

/** Joins conditions on a span, or spansets. */
public enum LogicalOp {
  AND("&&"),
  OR("||");

  private final String symbol;

  LogicalOp(String symbol) {
    this.symbol = symbol;
  }

  public String symbol() {
    return symbol;
  }
}
