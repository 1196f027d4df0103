package dev.sextant.traceql.parse;

import dev.sextant.traceql.ast.Aggregate;
import dev.sextant.traceql.ast.Pipeline;
import dev.sextant.traceql.ast.Static;
import dev.sextant.traceql.print.FieldPrinter;
import dev.sextant.traceql.print.QueryPrinter;
import dev.sextant.traceql.print.StaticText;

/** A number for a spanset, as far as the grammar goes; less is supported. */
sealed interface Scalar {
  /** An aggregate alone. */
  record Of(Aggregate aggregate) implements Scalar {}

  /** A constant beside an operator. */
  record Constant(Static value) implements Scalar {}

  record Arithmetic(String op, Scalar left, Scalar right) implements Scalar {}

  /** The aggregate of a pipeline in parentheses. */
  record Piped(Pipeline pipeline, Aggregate aggregate) implements Scalar {}

  /** As queries write it. */
  default String text() {
    return switch (this) {
      case Of of -> FieldPrinter.print(of.aggregate());
      case Constant constant -> StaticText.of(constant.value());
      case Arithmetic arithmetic ->
          "("
              + arithmetic.left().text()
              + " "
              + arithmetic.op()
              + " "
              + arithmetic.right().text()
              + ")";
      case Piped piped ->
          "("
              + QueryPrinter.print(piped.pipeline())
              + " | "
              + FieldPrinter.print(piped.aggregate())
              + ")";
    };
  }
}
