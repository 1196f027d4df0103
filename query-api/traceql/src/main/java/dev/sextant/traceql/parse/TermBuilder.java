package dev.sextant.traceql.parse;

import dev.sextant.traceql.ast.Aggregate;
import dev.sextant.traceql.ast.Comparison;
import dev.sextant.traceql.ast.FieldOp;
import dev.sextant.traceql.ast.MetricsExpr;
import dev.sextant.traceql.ast.MetricsExpr.MathOp;
import dev.sextant.traceql.ast.MetricsFunction;
import dev.sextant.traceql.ast.PipelineStep;
import dev.sextant.traceql.ast.Place;
import dev.sextant.traceql.ast.Static;
import org.jspecify.annotations.Nullable;

/** Operations between numbers for spansets, constants and series. */
final class TermBuilder {
  /** Stands where something was reported, and is never seen. */
  private static final Static ANY = new Static.Int(0);

  private final Tokens tokens;
  private final Faults faults;

  TermBuilder(Tokens tokens, Faults faults) {
    this.tokens = tokens;
    this.faults = faults;
  }

  /**
   * An operation whose left side is a number for a spanset or a constant.
   *
   * @param first the right side's first token
   */
  Term numbers(Token.Symbol op, Term left, Term right, Token first, Place place) {
    Comparison comparison = TermParser.COMPARISONS.get(op.text());
    if (comparison != null) {
      if (left instanceof Term.Constant && right instanceof Term.Constant) {
        throw tokens.unexpected();
      }
      return filter(comparison, scalar(left, first), scalar(right, first), place);
    }
    if (left instanceof Term.Constant constant) {
      if (right instanceof Term.Series series) {
        return math(op, scalar(constant), series(series), place);
      }
      if (right instanceof Term.Constant other) {
        return constants(op, constant, other, place);
      }
    }
    return new Term.Number(
        new Scalar.Arithmetic(op.text(), scalar(left, first), scalar(right, first)));
  }

  private Scalar scalar(Term term, Token first) {
    return switch (term) {
      case Term.Number number -> number.scalar();
      case Term.Constant constant -> new Scalar.Constant(constant.value());
      default -> throw tokens.unexpected(first);
    };
  }

  private Term filter(Comparison op, Scalar left, Scalar right, Place place) {
    Aggregate aggregate = new Aggregate.Count();
    Static value = ANY;
    if (left instanceof Scalar.Of of && right instanceof Scalar.Constant constant) {
      aggregate = of.aggregate();
      value = constant.value();
    } else {
      String text = left.text() + " " + op.symbol() + " " + right.text();
      faults.report(place, "scalar filter " + text + " not yet supported");
    }
    return new Term.Step(new PipelineStep.ScalarFilter(aggregate, op, value, place));
  }

  private Term.Constant constants(
      Token.Symbol op, Term.Constant left, Term.Constant right, Place place) {
    MathOp math = math(op);
    Static value = folded(math, left.value(), right.value());
    if (value == null) {
      faults.report(place, "constant is infinite or no number");
      value = ANY;
    }
    return new Term.Constant(value, left.duration() != null ? left.duration() : right.duration());
  }

  private static @Nullable Static folded(MathOp op, Static left, Static right) {
    FieldOp field =
        switch (op) {
          case ADD -> FieldOp.ADD;
          case SUBTRACT -> FieldOp.SUBTRACT;
          case MULTIPLY -> FieldOp.MULTIPLY;
          case DIVIDE -> FieldOp.DIVIDE;
        };
    boolean byZero = field == FieldOp.DIVIDE && Folding.number(right) == 0;
    return byZero ? null : Folding.binary(field, left, right);
  }

  /** Arithmetic whose left side is series. */
  Term math(Token.Symbol op, Term.Series left, Term right, Token first, Place place) {
    return switch (right) {
      case Term.Series other -> math(op, series(left), series(other), place);
      case Term.Constant constant -> math(op, series(left), scalar(constant), place);
      default -> throw tokens.unexpected(first);
    };
  }

  private Term math(Token.Symbol op, MetricsExpr left, MetricsExpr right, Place place) {
    return new Term.Series(new MetricsExpr.Math(math(op), left, right, place));
  }

  private MathOp math(Token.Symbol op) {
    MathOp math = TermParser.MATH.get(op.text());
    if (math == null) {
      throw tokens.unexpected(op);
    }
    return math;
  }

  /** A constant beside series; durations are none. */
  private MetricsExpr scalar(Term.Constant constant) {
    if (constant.duration() != null) {
      throw tokens.unexpected(constant.duration());
    }
    return new MetricsExpr.Scalar(Folding.number(constant.value()), Place.NONE);
  }

  /** Series that take stages or arithmetic, which those of {@code compare} do not. */
  MetricsExpr series(Term.Series series) {
    if (series.expr() instanceof MetricsExpr.Series of
        && of.function() instanceof MetricsFunction.Compare compare) {
      faults.report(compare.place(), "`compare()` cannot be used with second stage functions");
    }
    return series.expr();
  }
}
