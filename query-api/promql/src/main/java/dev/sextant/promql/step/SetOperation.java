package dev.sextant.promql.step;

import dev.sextant.metrics.model.Labels;
import dev.sextant.promql.ast.BinaryOp;
import dev.sextant.promql.ast.VectorMatching;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code and}, {@code or} and {@code unless}: of one side only a bit per signature and step is
 * kept.
 */
public final class SetOperation {
  private SetOperation() {}

  /**
   * The left elements with, or without, a partner on the right; {@code or} adds the right ones
   * without a partner.
   */
  public static SeriesStream apply(
      BinaryOp op,
      VectorMatching matching,
      SeriesStream left,
      SeriesStream right,
      int steps,
      StepContext context) {
    Signature signature = new Signature(matching);
    Map<Labels, Presence> seen = new HashMap<>();
    if (op == BinaryOp.OR) {
      return union(signature, seen, left, right, steps, context);
    }
    for (StepSeries series = right.next(); series != null; series = right.next()) {
      context.checkpoint();
      note(series, signature, seen, context);
    }
    return () -> {
      StepSeries series = left.next();
      if (series != null) {
        context.checkpoint();
        keep(series, seen.get(signature.of(series.labels())), op == BinaryOp.AND);
      }
      return series;
    };
  }

  private static SeriesStream union(
      Signature signature,
      Map<Labels, Presence> seen,
      SeriesStream left,
      SeriesStream right,
      int steps,
      StepContext context) {
    boolean[] leftDone = {false};
    return () -> {
      context.checkpoint();
      if (!leftDone[0]) {
        StepSeries series = left.next();
        if (series != null) {
          note(series, signature, seen, context);
          return series;
        }
        leftDone[0] = true;
      }
      StepSeries series = right.next();
      if (series != null) {
        keep(series, seen.get(signature.of(series.labels())), false);
      }
      return series;
    };
  }

  private static void note(
      StepSeries series, Signature signature, Map<Labels, Presence> seen, StepContext context) {
    Labels key = signature.of(series.labels());
    Presence presence = seen.get(key);
    if (presence == null) {
      context.keep(LabelSets.BYTES + series.steps() / 8);
      presence = new Presence(series.steps());
      seen.put(key, presence);
    }
    presence.add(series);
  }

  private static void keep(StepSeries series, @Nullable Presence partner, boolean matched) {
    for (int i = 0; i < series.steps(); i++) {
      if ((partner != null && partner.get(i)) != matched) {
        series.clear(i);
      }
    }
  }
}
