package dev.sextant.traceql.script;

import dev.sextant.traceql.MetricsAnswer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * <code>{LABELS} VALUE…</code>: a sample for each time, {@code _} for none, {@code VALUE*N} for the
 * same one N times; below it its exemplars.
 *
 * @param labels as {@link Values#text(List)} writes them
 * @param values NaN for no sample
 * @param exemplars null where any will do
 */
record ExpectedSeries(String labels, List<Double> values, @Nullable List<Exemplar> exemplars) {
  /** How much a sample may differ from the expected one, as a part of it. */
  private static final double TOLERANCE = 1e-9;

  /**
   * {@code exemplar TIME VALUE {LABELS}}.
   *
   * @param nanos since the epoch
   */
  record Exemplar(long nanos, double value, String labels) {
    static Exemplar parse(LineReader words) {
      long nanos = ScriptTime.nanos(words.next("a time"));
      double value = Double.parseDouble(words.next("a value"));
      String labels = words.next("labels");
      return new Exemplar(nanos, value, Values.expected(labels.substring(1, labels.length() - 1)));
    }

    String text() {
      return "exemplar " + ScriptTime.text(nanos) + " " + number(value) + " {" + labels + "}";
    }
  }

  static ExpectedSeries parse(LineReader words) {
    String labels = words.next("labels");
    if (!labels.startsWith("{") || !labels.endsWith("}")) {
      throw new IllegalArgumentException(
          "expected {LABELS} VALUE…, times, incomplete, none or fail, but found " + labels);
    }
    List<Double> values = new ArrayList<>();
    while (words.hasMore()) {
      String[] parts = words.next("a value").split("\\*", 2);
      double value = parts[0].equals("_") ? Double.NaN : Double.parseDouble(parts[0]);
      int times = parts.length > 1 ? Integer.parseInt(parts[1]) : 1;
      for (int i = 0; i < times; i++) {
        values.add(value);
      }
    }
    return new ExpectedSeries(
        Values.expected(labels.substring(1, labels.length() - 1)), values, null);
  }

  /** This with one exemplar more. */
  ExpectedSeries with(Exemplar exemplar) {
    List<Exemplar> more = new ArrayList<>(exemplars == null ? List.of() : exemplars);
    more.add(exemplar);
    return new ExpectedSeries(labels, values, more);
  }

  /** The series of an answer, as it would be expected. */
  static ExpectedSeries of(MetricsAnswer.Series series) {
    List<Double> values = new ArrayList<>();
    for (double value : series.values()) {
      values.add(value);
    }
    List<Exemplar> exemplars = new ArrayList<>();
    for (MetricsAnswer.Exemplar exemplar : series.exemplars()) {
      exemplars.add(
          new Exemplar(exemplar.timeNanos(), exemplar.value(), Values.text(exemplar.labels())));
    }
    return new ExpectedSeries(Values.text(series.labels()), values, exemplars);
  }

  /**
   * Whether an answer's series is what this expects.
   *
   * @param anyExemplars whether exemplars may be others
   */
  boolean matches(ExpectedSeries found, boolean anyExemplars) {
    boolean same = labels.equals(found.labels) && values.size() == found.values.size();
    for (int i = 0; same && i < values.size(); i++) {
      same = near(values.get(i), found.values.get(i));
    }
    List<Exemplar> others = found.exemplars == null ? List.of() : found.exemplars;
    if (!same || anyExemplars || exemplars == null) {
      return same;
    }
    same = exemplars.size() == others.size();
    for (int i = 0; same && i < exemplars.size(); i++) {
      Exemplar exemplar = exemplars.get(i);
      same =
          exemplar.nanos() == others.get(i).nanos()
              && exemplar.labels().equals(others.get(i).labels())
              && near(exemplar.value(), others.get(i).value());
    }
    return same;
  }

  private static boolean near(double expected, double found) {
    return Double.compare(expected, found) == 0
        || Math.abs(expected - found) <= TOLERANCE * Math.abs(expected);
  }

  /** As scripts write it. */
  String text() {
    StringBuilder out = new StringBuilder("{").append(labels).append('}');
    for (double value : values) {
      out.append(' ').append(number(value));
    }
    if (exemplars != null) {
      exemplars.forEach(exemplar -> out.append(" / ").append(exemplar.text()));
    }
    return out.toString();
  }

  private static String number(double value) {
    if (Double.isNaN(value)) {
      return "_";
    }
    String text = Double.toString(value);
    return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
  }
}
