package dev.sextant.promql.ast;

import org.jspecify.annotations.Nullable;

/**
 * What follows a selector or subquery: when it looks, and how it treats the bounds of its range.
 */
public record Modifiers(@Nullable DurationExpr offset, @Nullable At at, Bounds bounds) {
  public static final Modifiers NONE = new Modifiers(null, null, Bounds.PLAIN);

  /** A fixed time in place of the evaluation time. */
  public sealed interface At {
    /** Milliseconds since the epoch. */
    record Time(long millis) implements At {}

    /** {@code @ start()}: the first step of the whole query. */
    record Start() implements At {}

    /** {@code @ end()}: the last step of the whole query. */
    record End() implements At {}
  }

  /** Which samples stand for the bounds of a range. */
  public enum Bounds {
    PLAIN(""),
    ANCHORED("anchored"),
    SMOOTHED("smoothed");

    private final String keyword;

    Bounds(String keyword) {
      this.keyword = keyword;
    }

    public String keyword() {
      return keyword;
    }
  }

  public Modifiers withOffset(DurationExpr value) {
    return new Modifiers(value, at, bounds);
  }

  public Modifiers withAt(At value) {
    return new Modifiers(offset, value, bounds);
  }

  public Modifiers withBounds(Bounds value) {
    return new Modifiers(offset, at, value);
  }
}
