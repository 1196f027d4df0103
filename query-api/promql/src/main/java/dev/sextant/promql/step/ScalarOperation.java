package dev.sextant.promql.step;

import dev.sextant.metrics.model.Labels;
import dev.sextant.promql.ast.BinaryOp;
import org.jspecify.annotations.Nullable;

/** A vector and a scalar under a binary operator. Streams; works in the arrays it gets. */
public final class ScalarOperation {
  private ScalarOperation() {}

  /**
   * Arithmetic and {@code bool} flag the name as dropped; filters pass the vector's values on.
   *
   * @param scalar one number a step
   * @param scalarLeft which side it stands on
   */
  public static SeriesStream apply(
      BinaryOp op,
      boolean bool,
      SeriesStream vector,
      double[] scalar,
      boolean scalarLeft,
      StepContext context,
      Notices notices) {
    Elementwise operation = new Elementwise(op, bool, scalarLeft, notices);
    StepSeries constant = new StepSeries(Labels.EMPTY, false, scalar, null);
    return new SeriesStream() {
      @Override
      public @Nullable StepSeries next() {
        StepSeries series = vector.next();
        if (series == null) {
          return null;
        }
        context.checkpoint();
        for (int i = 0; i < scalar.length; i++) {
          if (series.isPresent(i)) {
            operation.apply(
                scalarLeft ? constant : series, scalarLeft ? series : constant, i, series);
          }
        }
        return operation.changesMeaning() ? series.with(series.labels(), true) : series;
      }

      @Override
      public void close() {
        vector.close();
      }
    };
  }
}
