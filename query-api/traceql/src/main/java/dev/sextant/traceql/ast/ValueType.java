package dev.sextant.traceql.ast;

/** What an expression is known to be before any span is seen. */
public enum ValueType {
  INT,
  FLOAT,
  /** Nanoseconds. */
  DURATION,
  STRING,
  BOOL,
  STATUS,
  KIND,
  NIL,
  /** An attribute, or what is computed of one: its type is its span's. */
  DYNAMIC;

  /** Whether it is a number for certain. */
  public boolean isNumeric() {
    return this == INT || this == FLOAT || this == DURATION;
  }
}
