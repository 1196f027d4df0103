package dev.sextant.api.trace;

import dev.sextant.trace.model.SpanSource;
import dev.sextant.traceql.MetricsAnswer;
import dev.sextant.traceql.NamedValue;
import dev.sextant.traceql.Value;
import dev.sextant.traceql.ast.Intrinsic;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How selected spans differ from the others.
 *
 * @param selected how many spans are selected
 * @param others how many are not
 * @param fields values whose shares differ, the most different first
 * @param incomplete why something is missing, naming what to change; null where nothing is
 */
public record SpanComparison(
    long selected,
    long others,
    List<FieldValue> fields,
    @Nullable String incomplete,
    SpanSource.Inspected inspected) {
  public SpanComparison {
    fields = List.copyOf(fields);
  }

  /**
   * A value that a field has.
   *
   * @param field as TraceQL writes it
   * @param selected of {@code selectedOf} selected spans that have the field, how many have the
   *     value
   * @param others of {@code othersOf} other spans that have the field, how many have the value
   */
  public record FieldValue(
      String field, Value value, long selected, long selectedOf, long others, long othersOf) {
    /** The share among the selected minus that among the others, from −1 to 1. */
    double difference() {
      return share(selected, selectedOf) - share(others, othersOf);
    }

    private static double share(long part, long whole) {
      return whole == 0 ? 0 : (double) part / whole;
    }
  }

  /** Counts of one field: by value, then the totals; selected first. */
  private record Counts(Map<Value, long[]> values, long[] totals) {
    Counts() {
      this(new LinkedHashMap<>(), new long[2]);
    }
  }

  /**
   * Of an answer to {@code compare}.
   *
   * @param limit how many values at most
   */
  static SpanComparison of(MetricsAnswer answer, int limit) {
    Map<String, Counts> fields = new LinkedHashMap<>();
    answer.series().forEach(series -> count(series, fields));
    List<FieldValue> all = new ArrayList<>();
    fields.forEach(
        (field, counts) ->
            counts
                .values()
                .forEach(
                    (value, of) ->
                        all.add(
                            new FieldValue(
                                field,
                                value,
                                of[0],
                                counts.totals()[0],
                                of[1],
                                counts.totals()[1]))));
    Comparator<FieldValue> most = Comparator.comparingDouble(it -> -it.difference());
    List<FieldValue> first =
        all.stream()
            .filter(it -> it.difference() > 0)
            .sorted(most.thenComparing(FieldValue::field))
            .limit(limit)
            .toList();
    long[] spans = fields.getOrDefault(Intrinsic.NAME.text(), new Counts()).totals();
    return new SpanComparison(spans[0], spans[1], first, answer.incomplete(), answer.inspected());
  }

  private static void count(MetricsAnswer.Series series, Map<String, Counts> fields) {
    NamedValue type = series.labels().getFirst();
    NamedValue of = series.labels().getLast();
    Counts counts = fields.computeIfAbsent(of.name(), name -> new Counts());
    long number = Double.isNaN(series.values()[0]) ? 0 : (long) series.values()[0];
    switch (type.value().text()) {
      case "selection_total" -> counts.totals()[0] = number;
      case "baseline_total" -> counts.totals()[1] = number;
      case "selection" ->
          counts.values().computeIfAbsent(of.value(), value -> new long[2])[0] = number;
      case "baseline" ->
          counts.values().computeIfAbsent(of.value(), value -> new long[2])[1] = number;
      default -> {}
    }
  }
}
