package dev.sextant.alerting.unittest;

import dev.sextant.alerting.unittest.UnitTestFile.AlertTest;
import dev.sextant.alerting.unittest.UnitTestFile.ExpectedAlert;
import dev.sextant.alerting.unittest.UnitTestFile.ExpectedSample;
import dev.sextant.alerting.unittest.UnitTestFile.ExpressionTest;
import dev.sextant.metrics.model.Labels;
import dev.sextant.metrics.model.NativeHistogram;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Holds what came against what was expected; the order of neither counts. */
final class Expectation {
  private static final String INDENT = "            ";

  private final TestLanguage language;
  private final boolean fuzzy;
  private final boolean diff;

  /**
   * @param fuzzy whether numbers may differ in their last bit
   * @param diff whether differences are told line by line
   */
  Expectation(TestLanguage language, boolean fuzzy, boolean diff) {
    this.language = language;
    this.fuzzy = fuzzy;
    this.diff = diff;
  }

  record FiringAlert(Labels labels, Labels annotations) implements Comparable<FiringAlert> {
    @Override
    public int compareTo(FiringAlert other) {
      int order = labels.compareTo(other.labels);
      return order != 0 ? order : annotations.compareTo(other.annotations);
    }

    private String text() {
      return "Labels:" + braces(labels) + "\nAnnotations:" + braces(annotations);
    }
  }

  /** Empty where they are the same. */
  String alerts(AlertTest test, List<FiringAlert> got) {
    List<FiringAlert> expected = new ArrayList<>();
    for (ExpectedAlert alert : test.expected()) {
      Map<String, String> labels = new TreeMap<>(alert.labels());
      labels.put("alertname", test.alertName());
      expected.add(new FiringAlert(Labels.of(labels), Labels.of(alert.annotations())));
    }
    expected.sort(Comparator.naturalOrder());
    List<FiringAlert> sorted = got.stream().sorted().toList();
    if (expected.equals(sorted)) {
      return "";
    }
    return diff
        ? "\n" + LineDiff.of(lines(expected), lines(sorted))
        : "\n        exp:" + alerts(expected) + ", \n        got:" + alerts(sorted);
  }

  private static List<String> lines(List<FiringAlert> alerts) {
    return alerts.stream().flatMap(alert -> alert.text().lines()).toList();
  }

  private static String alerts(List<FiringAlert> alerts) {
    if (alerts.isEmpty()) {
      return "[]";
    }
    StringBuilder out = new StringBuilder("[");
    for (int i = 0; i < alerts.size(); i++) {
      out.append(i == 0 ? "\n" : ",\n").append(INDENT).append(i).append(':');
      alerts.get(i).text().lines().forEach(line -> out.append('\n').append(INDENT + "  " + line));
    }
    return out.append('\n').append(INDENT).append(']').toString();
  }

  /**
   * Empty where they are the same.
   *
   * @throws IllegalArgumentException where an expected sample does not read
   */
  String samples(ExpressionTest test, List<TestLanguage.Element> got) {
    List<TestLanguage.Element> expected = new ArrayList<>();
    for (ExpectedSample sample : test.expected()) {
      expected.add(new TestLanguage.Element(language.labels(sample.labels()), value(sample)));
    }
    expected.sort(Comparator.comparing(TestLanguage.Element::labels));
    List<TestLanguage.Element> sorted =
        got.stream().sorted(Comparator.comparing(TestLanguage.Element::labels)).toList();
    if (same(expected, sorted)) {
      return "";
    }
    return diff
        ? "\n" + LineDiff.of(texts(expected), texts(sorted))
        : "\n        exp: " + listed(expected) + "\n        got: " + listed(sorted);
  }

  private TestLanguage.Value value(ExpectedSample sample) {
    return sample.histogram().isEmpty()
        ? new TestLanguage.Value(number(sample.value()), null)
        : new TestLanguage.Value(0, language.histogram(sample.histogram()));
  }

  private static double number(String text) {
    return switch (text.toLowerCase(java.util.Locale.ROOT)) {
      case "nan", ".nan" -> Double.NaN;
      case "inf", "+inf", ".inf", "+.inf" -> Double.POSITIVE_INFINITY;
      case "-inf", "-.inf" -> Double.NEGATIVE_INFINITY;
      default -> parsed(text);
    };
  }

  private static double parsed(String text) {
    try {
      return text.startsWith("0x") ? Long.decode(text) : Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("value '" + text + "' is no number", e);
    }
  }

  private boolean same(List<TestLanguage.Element> expected, List<TestLanguage.Element> got) {
    boolean same = expected.size() == got.size();
    for (int i = 0; same && i < expected.size(); i++) {
      same =
          expected.get(i).labels().equals(got.get(i).labels())
              && same(expected.get(i).value(), got.get(i).value());
    }
    return same;
  }

  private boolean same(TestLanguage.Value expected, TestLanguage.Value got) {
    NativeHistogram wanted = expected.histogram();
    NativeHistogram given = got.histogram();
    if (wanted != null || given != null) {
      return wanted != null && given != null && language.same(wanted, given);
    }
    double a = expected.number();
    double b = got.number();
    boolean close = fuzzy && (Math.nextUp(a) == b || Math.nextDown(a) == b);
    return a == b || close || (Double.isNaN(a) && Double.isNaN(b));
  }

  private List<String> texts(List<TestLanguage.Element> elements) {
    return elements.stream()
        .map(each -> braces(each.labels()) + " " + language.text(each.value()))
        .toList();
  }

  private String listed(List<TestLanguage.Element> elements) {
    return elements.isEmpty() ? "nil" : String.join(", ", texts(elements));
  }

  private static String braces(Labels labels) {
    return labels.toMap().entrySet().stream()
        .map(label -> label.getKey() + "=" + quoted(label.getValue()))
        .collect(Collectors.joining(", ", "{", "}"));
  }

  static String quoted(String text) {
    return '"'
        + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n").replace("\t", "\\t")
        + '"';
  }
}
