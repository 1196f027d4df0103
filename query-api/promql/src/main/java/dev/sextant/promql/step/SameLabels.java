package dev.sextant.promql.step;

import dev.sextant.metrics.model.Labels;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Series that came to have the same labels. */
public final class SameLabels {
  private SameLabels() {}

  private record Key(Labels labels, boolean nameDropped) {}

  /** Passes series on, and fails where two with the same labels have something at the same step. */
  public static SeriesStream refuse(SeriesStream in, StepContext context) {
    Map<Key, Presence> seen = new HashMap<>();
    return new SeriesStream() {
      @Override
      public @Nullable StepSeries next() {
        StepSeries series = in.next();
        if (series != null) {
          Key key = new Key(series.labels(), series.isNameDropped());
          Presence presence = seen.get(key);
          if (presence == null) {
            context.keep(LabelSets.BYTES + series.steps() / 8);
            presence = new Presence(series.steps());
            seen.put(key, presence);
          }
          if (presence.add(series)) {
            throw new StepException(StepException.DUPLICATE_LABELS);
          }
        }
        return series;
      }

      @Override
      public void close() {
        in.close();
      }
    };
  }

  /**
   * Reads everything, takes dropped names off where asked to, and joins series with the same
   * labels.
   *
   * @throws StepException where two of them have something at the same step
   */
  public static List<StepSeries> join(SeriesStream in, boolean dropNames, StepContext context) {
    Map<Key, StepSeries> byLabels = new LinkedHashMap<>();
    for (StepSeries series = in.next(); series != null; series = in.next()) {
      context.checkpoint();
      if (series.isEmpty()) {
        continue;
      }
      boolean drop = dropNames && series.isNameDropped();
      Labels labels = drop ? LabelSets.withoutName(series.labels()) : series.labels();
      StepSeries named = series.with(labels, series.isNameDropped() && !drop);
      StepSeries before = byLabels.putIfAbsent(new Key(labels, named.isNameDropped()), named);
      if (before == null) {
        context.hold(series.steps());
        context.keep(LabelSets.BYTES);
      } else {
        join(before, named);
      }
    }
    return new ArrayList<>(byLabels.values());
  }

  private static void join(StepSeries into, StepSeries from) {
    for (int i = 0; i < from.steps(); i++) {
      if (from.isPresent(i)) {
        if (into.isPresent(i)) {
          throw new StepException(StepException.DUPLICATE_LABELS);
        }
        into.copy(i, from, i);
      }
    }
  }
}
