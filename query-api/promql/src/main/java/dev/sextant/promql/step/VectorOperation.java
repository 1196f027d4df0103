package dev.sextant.promql.step;

import dev.sextant.metrics.model.Labels;
import dev.sextant.promql.ast.BinaryOp;
import dev.sextant.promql.ast.VectorMatching;
import dev.sextant.promql.ast.VectorMatching.Cardinality;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Arithmetic and comparison between two vectors. The side whose series must be unique is read into
 * memory; the other streams past it, each of its series producing one result per partner.
 */
public final class VectorOperation implements SeriesStream {
  private final VectorMatching matching;
  private final Elementwise operation;
  private final Signature signature;
  private final ResultLabels resultLabels;
  private final boolean swapped;
  private final SeriesStream many;
  private final int steps;
  private final StepContext context;
  private final Map<Labels, OneSide> ones = new LinkedHashMap<>();
  private final Map<Labels, Presence> manyPresent = new HashMap<>();

  /** Signatures with competing series on the unique side. */
  private final Map<Labels, OneSide> ambiguities = new LinkedHashMap<>();

  /** Pairs made with filled-in values on the unique side, by signature. */
  private final Map<Labels, OneSide> fillers = new HashMap<>();

  private final Deque<StepSeries> ready = new ArrayDeque<>();
  private final @Nullable Double fillOne;
  private final @Nullable Double fillMany;
  private boolean exhausted;

  private VectorOperation(
      BinaryOp op,
      boolean bool,
      VectorMatching matching,
      SeriesStream left,
      SeriesStream right,
      int steps,
      StepContext context,
      Notices notices) {
    this.matching = matching;
    this.swapped = matching.cardinality() == Cardinality.ONE_TO_MANY;
    this.operation = new Elementwise(op, bool, false, notices);
    this.signature = new Signature(matching);
    this.resultLabels = new ResultLabels(matching, operation.changesMeaning());
    this.many = swapped ? right : left;
    this.steps = steps;
    this.context = context;
    this.fillOne = matching.fillRight();
    this.fillMany = matching.fillLeft();
    readOnes(swapped ? left : right);
  }

  /**
   * The results in order of the side that may have several partners, then those with filled-in
   * values on that side.
   *
   * @throws StepException while streaming, where the matching is ambiguous
   */
  public static SeriesStream apply(
      BinaryOp op,
      boolean bool,
      VectorMatching matching,
      SeriesStream left,
      SeriesStream right,
      int steps,
      StepContext context,
      Notices notices) {
    return new VectorOperation(op, bool, matching, left, right, steps, context, notices);
  }

  /** The series of one signature on the unique side. */
  private static final class OneSide {
    final List<StepSeries> series = new ArrayList<>(1);
    final Presence present;

    /**
     * Steps at which a pair was made, by result labels: all under one key where matching is
     * one-to-one.
     */
    final Map<Labels, Presence> paired = new HashMap<>(2);

    @Nullable StepSeries duplicate;
    @Nullable StepSeries duplicateOf;

    /** Steps at which two series compete. */
    @Nullable Presence ambiguous;

    OneSide(int steps) {
      present = new Presence(steps);
    }
  }

  private void readOnes(SeriesStream in) {
    for (StepSeries series = in.next(); series != null; series = in.next()) {
      context.checkpoint();
      context.hold(steps);
      context.keep(LabelSets.BYTES + steps / 4);
      OneSide one = ones.computeIfAbsent(signature.of(series.labels()), key -> new OneSide(steps));
      for (int i = 0; i < steps; i++) {
        if (series.isPresent(i) && one.present.set(i)) {
          noteDuplicate(one, series, i);
        }
      }
      one.series.add(series);
    }
  }

  private void noteDuplicate(OneSide one, StepSeries series, int step) {
    if (one.ambiguous == null) {
      one.ambiguous = new Presence(steps);
      one.duplicate = series;
      for (StepSeries before : one.series) {
        if (before.isPresent(step)) {
          one.duplicateOf = before;
        }
      }
      ambiguities.put(signature.of(series.labels()), one);
    }
    one.ambiguous.set(step);
  }

  @Override
  public @Nullable StepSeries next() {
    while (ready.isEmpty() && !exhausted) {
      context.checkpoint();
      StepSeries series = many.next();
      if (series == null) {
        exhausted = true;
        fillMissingMany();
      } else {
        pair(series);
      }
    }
    return ready.poll();
  }

  private void pair(StepSeries series) {
    if (!ambiguities.isEmpty()) {
      refuseAmbiguous(series);
    }
    Labels key = signature.of(series.labels());
    OneSide one = ones.get(key);
    if (fillMany != null) {
      manyPresent.computeIfAbsent(key, k -> new Presence(steps)).add(series);
    }
    if (one != null) {
      for (StepSeries partner : one.series) {
        Labels labels = resultLabels.of(series.labels(), partner.labels());
        boolean oneToOne = matching.cardinality() == Cardinality.ONE_TO_ONE;
        Presence paired =
            one.paired.computeIfAbsent(oneToOne ? Labels.EMPTY : labels, k -> new Presence(steps));
        emit(series, partner, labels, paired);
      }
    }
    if (fillOne != null) {
      fillMissingOne(series, key, one == null ? null : one.present);
    }
  }

  private void emit(StepSeries series, StepSeries partner, Labels labels, Presence paired) {
    StepSeries out = StepSeries.empty(labels, false, steps);
    boolean any = false;
    for (int i = 0; i < steps; i++) {
      if (series.isPresent(i) && partner.isPresent(i)) {
        any = true;
        if (paired.set(i)) {
          throw new StepException(
              matching.cardinality() == Cardinality.ONE_TO_ONE
                  ? "multiple matches for labels: many-to-one matching must be explicit (group_left/group_right)"
                  : "multiple matches for labels: grouping labels must ensure unique matches");
        }
        operation.apply(swapped ? partner : series, swapped ? series : partner, i, out);
      }
    }
    if (any) {
      ready.add(out);
    }
  }

  private void fillMissingOne(StepSeries series, Labels key, @Nullable Presence present) {
    StepSeries filler = constant(key, fillOne == null ? 0 : fillOne);
    for (int i = 0; i < steps; i++) {
      if (present != null && present.get(i)) {
        filler.clear(i);
      }
    }
    OneSide unpaired = fillers.computeIfAbsent(key, k -> new OneSide(steps));
    Labels labels = resultLabels.of(series.labels(), key);
    boolean oneToOne = matching.cardinality() == Cardinality.ONE_TO_ONE;
    Presence paired =
        unpaired.paired.computeIfAbsent(oneToOne ? Labels.EMPTY : labels, k -> new Presence(steps));
    emit(series, filler, labels, paired);
  }

  private void fillMissingMany() {
    if (fillMany == null) {
      return;
    }
    for (Map.Entry<Labels, OneSide> entry : ones.entrySet()) {
      context.checkpoint();
      Labels key = entry.getKey();
      Presence present = manyPresent.get(key);
      StepSeries filler = constant(key, fillMany);
      for (int i = 0; i < steps; i++) {
        if (present != null && present.get(i)) {
          filler.clear(i);
        }
      }
      for (StepSeries partner : entry.getValue().series) {
        emit(filler, partner, resultLabels.of(key, partner.labels()), new Presence(steps));
      }
    }
  }

  private StepSeries constant(Labels labels, double value) {
    double[] values = new double[steps];
    Arrays.fill(values, value);
    return new StepSeries(labels, false, values, null);
  }

  private void refuseAmbiguous(StepSeries series) {
    for (Map.Entry<Labels, OneSide> entry : ambiguities.entrySet()) {
      context.checkpoint();
      Presence ambiguous = entry.getValue().ambiguous;
      for (int i = 0; i < steps; i++) {
        if (ambiguous != null && ambiguous.get(i) && series.isPresent(i)) {
          throw duplicate(entry.getKey(), entry.getValue());
        }
      }
    }
  }

  private StepException duplicate(Labels key, OneSide one) {
    String a = one.duplicate == null ? "" : LabelText.of(one.duplicate.labels());
    String b = one.duplicateOf == null ? "" : LabelText.of(one.duplicateOf.labels());
    String first = a.compareTo(b) < 0 ? a : b;
    String second = first.equals(a) ? b : a;
    return new StepException(
        "found duplicate series for the match group "
            + LabelText.of(key)
            + " on the "
            + (swapped ? "left" : "right")
            + " hand-side of the operation: ["
            + first
            + ", "
            + second
            + "];many-to-many matching not allowed: matching labels must be unique on one side");
  }

  @Override
  public void close() {
    many.close();
  }
}
