package dev.sextant.promql.exec;

import dev.sextant.promql.PromException;
import dev.sextant.promql.ast.DurationExpr;
import dev.sextant.promql.ast.Modifiers;
import dev.sextant.promql.ast.Span;
import dev.sextant.promql.step.FloatArithmetic;
import org.jspecify.annotations.Nullable;

/** Resolves durations and times that depend on the query's own range and step. */
final class DurationValues {
  private static final double MAX_MILLIS = 9.223372036854775e12;

  private final String query;
  private final QueryBounds outer;

  DurationValues(String query, QueryBounds outer) {
    this.query = query;
    this.outer = outer;
  }

  Timing timing(Modifiers modifiers) {
    DurationExpr offset = modifiers.offset();
    return new Timing(atMillis(modifiers.at()), offset == null ? 0 : millis(offset));
  }

  private @Nullable Long atMillis(Modifiers.@Nullable At at) {
    return switch (at) {
      case null -> null;
      case Modifiers.At.Time time -> time.millis();
      case Modifiers.At.Start start -> outer.startMillis();
      case Modifiers.At.End end -> outer.endMillis();
    };
  }

  /** Milliseconds of a range or a step. */
  long positiveMillis(DurationExpr expr) {
    long millis = millis(expr);
    if (millis <= 0) {
      throw error(expr.span(), "duration must be greater than 0");
    }
    return millis;
  }

  private long millis(DurationExpr expr) {
    double seconds = seconds(expr);
    if (Double.isNaN(seconds) || Double.isInfinite(seconds)) {
      throw error(expr.span(), "duration is NaN or infinite");
    }
    double millis = seconds * 1000;
    if (Math.abs(millis) > MAX_MILLIS) {
      throw error(expr.span(), "duration is out of range");
    }
    return expr instanceof DurationExpr.Literal ? Math.round(millis) : (long) millis;
  }

  private double seconds(DurationExpr expr) {
    return switch (expr) {
      case DurationExpr.Literal literal -> literal.seconds();
      case DurationExpr.Outer part ->
          (part.step() ? outer.stepOrZero() : outer.rangeMillis()) / 1000.0;
      case DurationExpr.Extreme extreme -> {
        double left = seconds(extreme.left());
        double right = seconds(extreme.right());
        yield extreme.min() ? Math.min(left, right) : Math.max(left, right);
      }
      case DurationExpr.Negated negated -> -seconds(negated.inner());
      case DurationExpr.Paren paren -> seconds(paren.inner());
      case DurationExpr.Arithmetic arithmetic -> arithmetic(arithmetic);
    };
  }

  private double arithmetic(DurationExpr.Arithmetic expr) {
    double left = seconds(expr.left());
    double right = seconds(expr.right());
    if (right == 0) {
      switch (expr.op()) {
        case DIV -> throw error(expr.span(), "division by zero");
        case MOD -> throw error(expr.span(), "modulo by zero");
        default -> {
          return FloatArithmetic.apply(expr.op(), left, right);
        }
      }
    }
    return FloatArithmetic.apply(expr.op(), left, right);
  }

  private PromException error(Span span, String detail) {
    return new PromException.BadData(span.byteRange(query) + ": " + detail);
  }
}
