package dev.sextant.promql.exec;

import dev.sextant.metrics.model.Labels;
import dev.sextant.promql.ast.Expr;
import dev.sextant.promql.step.LabelSets;
import dev.sextant.promql.step.SameLabels;
import dev.sextant.promql.step.SeriesStream;
import dev.sextant.promql.step.StepException;
import dev.sextant.promql.step.StepSeries;
import dev.sextant.promql.step.Steps;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * {@code info}: adds the labels of info series, which tell of a target and have the same {@code
 * instance} and {@code job}, to other series. A series may change its labels from step to step, and
 * then becomes several.
 *
 * @param timing when info series are looked up
 */
record InfoOp(VectorOp inner, InfoMatchers matchers, Timing timing) implements VectorOp {
  static VectorOp plan(Planner planner, DurationValues durations, List<Expr> args) {
    Expr.VectorSelector selector =
        args.size() > 1 && args.get(1).unwrapped() instanceof Expr.VectorSelector s ? s : null;
    Timing looked = firstSelector(args.getFirst(), new Timing(null, 0), durations);
    return new InfoOp(
        planner.vector(args.getFirst()),
        InfoMatchers.of(selector),
        looked == null ? new Timing(null, 0) : looked);
  }

  /** When the first selector of an expression looks, seen from outside the expression. */
  private static @Nullable Timing firstSelector(
      Expr expr, Timing outside, DurationValues durations) {
    Timing here = outside;
    if (expr instanceof Expr.VectorSelector selector) {
      return within(outside, durations.timing(selector.modifiers()));
    }
    if (expr instanceof Expr.Subquery subquery) {
      here = within(outside, durations.timing(subquery.modifiers()));
    }
    for (Expr child : expr.children()) {
      Timing found = firstSelector(child, here, durations);
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  private static Timing within(Timing outside, Timing inside) {
    return inside.isFixed()
        ? inside
        : new Timing(outside.atMillis(), outside.offsetMillis() + inside.offsetMillis());
  }

  @Override
  public SeriesStream open(Execution execution, Steps steps) {
    List<StepSeries> base = new ArrayList<>();
    boolean[] any = new boolean[steps.count()];
    Set<Labels> targets = new HashSet<>();
    try (SeriesStream in = inner.open(execution, steps)) {
      for (StepSeries series = in.next(); series != null; series = in.next()) {
        execution.checkpoint();
        execution.hold(steps.count());
        base.add(series);
        for (int i = 0; i < any.length; i++) {
          any[i] |= series.isPresent(i);
        }
        if (!matchers.isInfo(series.labels())) {
          targets.add(LabelSets.only(series.labels(), InfoSeries.IDENTITY));
        }
      }
    }
    InfoSeries infos = new InfoSeries(execution, steps, timing, any);
    if (targets.stream().anyMatch(target -> target.size() > 0)) {
      infos.read(matchers, targets);
    }
    return SameLabels.refuse(new Stream(base, infos), execution);
  }

  private final class Stream implements SeriesStream {
    private final List<StepSeries> base;
    private final InfoSeries infos;
    private List<StepSeries> ready = List.of();
    private int at;
    private int readyAt;

    Stream(List<StepSeries> base, InfoSeries infos) {
      this.base = base;
      this.infos = infos;
    }

    @Override
    public @Nullable StepSeries next() {
      while (readyAt == ready.size()) {
        if (at == base.size()) {
          return null;
        }
        StepSeries series = base.get(at++);
        ready = matchers.isInfo(series.labels()) ? List.of(series) : enriched(series);
        readyAt = 0;
      }
      return ready.get(readyAt++);
    }

    private List<StepSeries> enriched(StepSeries series) {
      Labels target = LabelSets.only(series.labels(), InfoSeries.IDENTITY);
      Map<Labels, StepSeries> out = new LinkedHashMap<>();
      @Nullable Labels[] before = {};
      StepSeries current = null;
      boolean first = true;
      for (int i = 0; i < series.steps(); i++) {
        if (!series.isPresent(i)) {
          continue;
        }
        @Nullable Labels[] now = infos.of(target, i);
        if (first || !Arrays.equals(before, now)) {
          Labels labels = labels(series.labels(), now);
          current =
              labels == null
                  ? null
                  : out.computeIfAbsent(
                      labels, key -> StepSeries.empty(key, series.isNameDropped(), series.steps()));
          before = now;
          first = false;
        }
        if (current != null) {
          current.copy(i, series, i);
        }
      }
      return List.copyOf(out.values());
    }

    /** Null where a series without info is left out. */
    private @Nullable Labels labels(Labels base, @Nullable Labels[] infoLabels) {
      TreeMap<String, String> added = new TreeMap<>();
      boolean matched = false;
      for (Labels info : infoLabels) {
        matched |= info != null;
        for (int i = 0; info != null && i < info.size(); i++) {
          String name = info.name(i);
          if (matchers.takes(name) && !base.has(name)) {
            String other = added.put(name, info.value(i));
            if (other != null && !other.equals(info.value(i))) {
              throw new StepException("conflicting label: " + name);
            }
          }
        }
      }
      if (!matched && matchers.requireInfo()) {
        return null;
      }
      added.putAll(base.toMap());
      return Labels.of(added);
    }
  }
}
