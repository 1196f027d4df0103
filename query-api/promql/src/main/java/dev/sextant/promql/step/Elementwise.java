package dev.sextant.promql.step;

import dev.sextant.metrics.model.NativeHistogram;
import dev.sextant.metrics.model.NativeHistogram.ResetHint;
import dev.sextant.promql.ast.BinaryOp;
import dev.sextant.promql.histogram.Bounds;
import dev.sextant.promql.histogram.HistogramMath;
import dev.sextant.promql.histogram.HistogramTrim;
import org.jspecify.annotations.Nullable;

/**
 * One binary operator applied at single steps: arithmetic, comparison as a filter or to 0 and 1,
 * and what of these is defined for native histograms.
 */
final class Elementwise {
  private final BinaryOp op;
  private final boolean bool;
  private final boolean keepRight;
  private final Notices notices;

  /**
   * @param keepRight whether a filter passes the right value on in place of the left
   */
  Elementwise(BinaryOp op, boolean bool, boolean keepRight, Notices notices) {
    this.op = op;
    this.bool = bool;
    this.keepRight = keepRight;
    this.notices = notices;
  }

  /** Whether the result is another figure than the operand's, so that its name no longer holds. */
  boolean changesMeaning() {
    return bool || op.kind() == BinaryOp.Kind.ARITHMETIC;
  }

  /** Writes the result for two present operands, or nothing; {@code out} may be one of them. */
  void apply(StepSeries left, StepSeries right, int step, StepSeries out) {
    NativeHistogram leftHistogram = left.histogram(step);
    NativeHistogram rightHistogram = right.histogram(step);
    if (leftHistogram == null && rightHistogram == null && op.kind() != BinaryOp.Kind.TRIM) {
      floats(left.value(step), right.value(step), step, out);
      return;
    }
    out.clear(step);
    if (leftHistogram != null && rightHistogram != null) {
      histograms(leftHistogram, rightHistogram, step, out);
    } else if (leftHistogram != null) {
      histogramAndFloat(leftHistogram, right.value(step), step, out);
    } else if (rightHistogram != null && op == BinaryOp.MUL) {
      out.set(
          step, HistogramMath.compact(HistogramMath.multiply(rightHistogram, left.value(step))));
    } else {
      incompatible("float", rightHistogram == null ? "float" : "histogram");
    }
  }

  private void floats(double left, double right, int step, StepSeries out) {
    if (op.kind() == BinaryOp.Kind.ARITHMETIC) {
      out.set(step, FloatArithmetic.apply(op, left, right));
      return;
    }
    boolean holds = FloatArithmetic.compare(op, left, right);
    if (bool) {
      out.set(step, holds ? 1 : 0);
    } else if (holds) {
      out.set(step, keepRight ? right : left);
    } else {
      out.clear(step);
    }
  }

  private void histogramAndFloat(NativeHistogram left, double right, int step, StepSeries out) {
    switch (op) {
      case MUL -> out.set(step, HistogramMath.compact(HistogramMath.multiply(left, right)));
      case DIV -> out.set(step, HistogramMath.compact(HistogramMath.divide(left, right)));
      case TRIM_UPPER -> out.set(step, HistogramTrim.below(left, right));
      case TRIM_LOWER -> out.set(step, HistogramTrim.above(left, right));
      default -> incompatible("histogram", "float");
    }
  }

  private void histograms(NativeHistogram left, NativeHistogram right, int step, StepSeries out) {
    switch (op) {
      case ADD, SUB -> {
        NativeHistogram sum = combined(left, right);
        if (sum != null) {
          out.set(step, sum);
        }
      }
      case EQ, NE -> {
        boolean holds = HistogramMath.sameValue(left, right) == (op == BinaryOp.EQ);
        if (bool) {
          out.set(step, holds ? 1 : 0);
        } else if (holds) {
          out.set(step, keepRight ? right : left);
        }
      }
      default -> incompatible("histogram", "histogram");
    }
  }

  private @Nullable NativeHistogram combined(NativeHistogram left, NativeHistogram right) {
    if (Bounds.isCustom(left) != Bounds.isCustom(right)) {
      notices.warning("incompatible bucket layout encountered for binary operator " + op.symbol());
      return null;
    }
    boolean add = op == BinaryOp.ADD;
    HistogramMath.Combined combined =
        add ? HistogramMath.add(left, right) : HistogramMath.subtract(left, right);
    String noun = add ? "addition" : "subtraction";
    if (combined.collision()) {
      notices.warning("conflicting counter resets during histogram " + noun);
    }
    if (combined.reconciled()) {
      notices.info("mismatched custom buckets were reconciled during " + noun);
    }
    NativeHistogram result = HistogramMath.compact(combined.histogram());
    return add ? result : HistogramMath.withHint(result, ResetHint.GAUGE);
  }

  private void incompatible(String left, String right) {
    notices.info(
        "incompatible sample types encountered for binary operator \""
            + op.symbol()
            + "\": "
            + left
            + " "
            + op.symbol()
            + " "
            + right);
  }
}
