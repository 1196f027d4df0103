package dev.sextant.traceql.ast;

import java.util.List;

/** What gives series. */
public sealed interface MetricsExpr {
  Place place();

  /** {@code pipeline | function}: series of the spans that the pipeline leaves. */
  record Series(Pipeline pipeline, MetricsFunction function, Place place) implements MetricsExpr {}

  /**
   * {@code input | topk(…)} and the like.
   *
   * @param input gives series; no {@link MetricsFunction.Compare}
   * @param stages from left to right, at least one
   */
  record Staged(MetricsExpr input, List<MetricsStage> stages, Place place) implements MetricsExpr {
    public Staged {
      stages = List.copyOf(stages);
    }
  }

  /** {@code left op right}: one side at least gives series; no {@link MetricsFunction.Compare}. */
  record Math(MathOp op, MetricsExpr left, MetricsExpr right, Place place) implements MetricsExpr {}

  /** A number beside {@link Math}'s operators. */
  record Scalar(double value, Place place) implements MetricsExpr {}

  /** Arithmetic between series. */
  enum MathOp {
    ADD("+"),
    SUBTRACT("-"),
    MULTIPLY("*"),
    DIVIDE("/");

    private final String symbol;

    MathOp(String symbol) {
      this.symbol = symbol;
    }

    public String symbol() {
      return symbol;
    }
  }
}
