package dev.sextant.promql.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sextant.metrics.model.Labels;
import dev.sextant.promql.ast.BinaryOp;
import dev.sextant.promql.ast.VectorMatching;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Another language's use of the operators, as a log language would do it: it counts lines in
 * windows of its own, without extrapolation, and has the rest from here.
 */
class ForeignLanguageTest {
  private record Line(String app, long timeMillis, boolean error) {}

  private static final Steps STEPS = new Steps(10_000, 10_000, 3);
  private static final List<Line> LINES =
      List.of(
          new Line("cart", 1_000, false),
          new Line("cart", 2_000, true),
          new Line("cart", 12_000, false),
          new Line("shop", 11_000, true),
          new Line("shop", 29_000, true),
          new Line("shop", 29_500, false));

  /** A budget of the language's own. */
  private static final class Budget implements StepContext {
    private final long samples;
    private long held;

    Budget(long samples) {
      this.samples = samples;
    }

    @Override
    public void checkpoint() {}

    @Override
    public void hold(long more) {
      held += more;
      if (held > samples) {
        throw new IllegalStateException("more than " + samples + " samples");
      }
    }
  }

  /** {@code count_over_time([10s])}: one series an app, made when it is asked for. */
  private static SeriesStream counts(boolean errorsOnly) {
    Map<String, List<Line>> byApp = new TreeMap<>();
    for (Line line : LINES) {
      if (line.error() || !errorsOnly) {
        byApp.computeIfAbsent(line.app(), key -> new ArrayList<>()).add(line);
      }
    }
    Iterator<Map.Entry<String, List<Line>>> apps = byApp.entrySet().iterator();
    return () -> {
      if (!apps.hasNext()) {
        return null;
      }
      var app = apps.next();
      StepSeries out = StepSeries.empty(Labels.of("app", app.getKey()), false, STEPS.count());
      for (int step = 0; step < STEPS.count(); step++) {
        long end = STEPS.time(step);
        long inside =
            app.getValue().stream()
                .filter(line -> line.timeMillis() > end - 10_000 && line.timeMillis() <= end)
                .count();
        if (inside > 0) {
          out.set(step, inside);
        }
      }
      return out;
    };
  }

  private static List<String> read(SeriesStream stream) {
    List<String> lines = new ArrayList<>();
    try (stream) {
      for (StepSeries series = stream.next(); series != null; series = stream.next()) {
        StringBuilder line = new StringBuilder(series.labels().toString());
        for (int i = 0; i < series.steps(); i++) {
          line.append(series.isFloat(i) ? " " + series.value(i) : " _");
        }
        lines.add(line.toString());
      }
    }
    return lines;
  }

  @Test
  void sumOfWindows() {
    SeriesStream sum =
        Aggregation.reduce(
            Aggregation.Reduction.SUM,
            List.of(),
            false,
            counts(false),
            STEPS.count(),
            new Budget(100),
            Notices.NONE);
    assertThat(read(sum)).containsExactly("{} 2.0 2.0 2.0");
  }

  @Test
  void shareOfErrors_whereThereAreAny() {
    SeriesStream share =
        VectorOperation.apply(
            BinaryOp.DIV,
            false,
            VectorMatching.DEFAULT,
            counts(true),
            counts(false),
            STEPS.count(),
            new Budget(100),
            Notices.NONE);
    assertThat(read(share)).containsExactly("{app=\"cart\"} 0.5 _ _", "{app=\"shop\"} _ 1.0 0.5");
  }

  @Test
  void busiestApp_atEachStep() {
    SeriesStream top =
        Selection.pick(
            Selection.Kind.TOP,
            List.of(),
            false,
            new double[] {1, 1, 1},
            counts(false),
            new Budget(100),
            Notices.NONE);
    assertThat(read(top)).containsExactly("{app=\"cart\"} 2.0 1.0 _", "{app=\"shop\"} _ _ 2.0");
  }

  @Test
  void aBudget_isTheLanguagesOwn() {
    assertThatThrownBy(
            () ->
                Selection.pick(
                    Selection.Kind.TOP,
                    List.of(),
                    false,
                    new double[] {1, 1, 1},
                    counts(false),
                    new Budget(5),
                    Notices.NONE))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("more than 5 samples");
  }
}
