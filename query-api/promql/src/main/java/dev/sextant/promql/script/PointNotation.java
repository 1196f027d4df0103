package dev.sextant.promql.script;

import dev.sextant.metrics.model.NativeHistogram;
import dev.sextant.promql.histogram.HistogramMath;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the points of a series: {@code 1 _ 2+3x4 stale {{count:1}}x2}. */
final class PointNotation {
  private static final String UNSIGNED =
      "(?:[iI]nf|[nN]a[nN]|(?:\\d+(?:ms|[smhdwy]))+|(?:\\d+\\.?\\d*|\\.\\d+)(?:[eE][+-]?\\d+)?)";
  private static final Pattern FLOAT =
      Pattern.compile("([+-]?" + UNSIGNED + ")(?:([+-]" + UNSIGNED + "))?(?:x(\\d+))?");
  private static final Pattern GAP = Pattern.compile("_(?:x(\\d+))?");
  private static final Pattern STALE = Pattern.compile("stale(?:x(\\d+))?");
  private static final Pattern HISTOGRAM =
      Pattern.compile("\\{\\{([^}]*)}}(?:([+-])\\{\\{([^}]*)}})?(?:x(\\d+))?");

  private final List<Point> points = new ArrayList<>();

  private PointNotation() {}

  static List<Point> parse(String text) {
    PointNotation notation = new PointNotation();
    for (String token : tokens(text)) {
      notation.add(token);
    }
    return notation.points;
  }

  private static List<String> tokens(String text) {
    List<String> tokens = new ArrayList<>();
    StringBuilder current = new StringBuilder();
    int depth = 0;
    for (char c : text.toCharArray()) {
      depth += c == '{' ? 1 : c == '}' ? -1 : 0;
      if (!Character.isWhitespace(c) || depth != 0) {
        current.append(c);
      } else if (!current.isEmpty()) {
        tokens.add(current.toString());
        current.setLength(0);
      }
    }
    if (!current.isEmpty()) {
      tokens.add(current.toString());
    }
    return tokens;
  }

  private void add(String token) {
    Matcher gap = GAP.matcher(token);
    Matcher stale = STALE.matcher(token);
    Matcher number = FLOAT.matcher(token);
    Matcher histogram = HISTOGRAM.matcher(token);
    if (gap.matches()) {
      repeat(Point.GAP, gap.group(1) == null ? 1 : count(gap.group(1)));
    } else if (stale.matches()) {
      Point marker = new Point.Number(Double.longBitsToDouble(NativeHistogram.STALE_BITS));
      repeat(marker, times(stale.group(1)));
    } else if (number.matches()) {
      numbers(
          ScriptNumbers.number(number.group(1)),
          number.group(2) == null ? 0 : ScriptNumbers.number(number.group(2)),
          times(number.group(3)));
    } else if (histogram.matches()) {
      histograms(histogram);
    } else {
      throw new IllegalArgumentException(
          "expected a number, _, stale or a histogram in {{ }}, but found " + token);
    }
  }

  private static int times(@Nullable String count) {
    return count == null ? 1 : count(count) + 1;
  }

  private static int count(String digits) {
    long count = digits.length() > 9 ? Long.MAX_VALUE : Long.parseLong(digits);
    if (count >= SeriesLine.MAX_POINTS) {
      throw tooMany();
    }
    return (int) count;
  }

  private static IllegalArgumentException tooMany() {
    return new IllegalArgumentException(
        "more than " + SeriesLine.MAX_POINTS + " points in one series");
  }

  private void put(Point point) {
    if (points.size() == SeriesLine.MAX_POINTS) {
      throw tooMany();
    }
    points.add(point);
  }

  private void repeat(Point point, int times) {
    for (int i = 0; i < times; i++) {
      put(point);
    }
  }

  private void numbers(double first, double delta, int times) {
    double value = first;
    for (int i = 0; i < times; i++) {
      put(new Point.Number(value));
      value += delta;
    }
  }

  private void histograms(Matcher matcher) {
    NativeHistogram first = HistogramNotation.parse(matcher.group(1));
    boolean hinted = matcher.group(1).contains("counter_reset_hint");
    int times = times(matcher.group(4));
    if (matcher.group(3) == null) {
      repeat(new Point.Histogram(first, hinted), times);
      return;
    }
    NativeHistogram delta = HistogramNotation.parse(matcher.group(3));
    if (first.schema() > delta.schema()) {
      throw new IllegalArgumentException(
          "a histogram of schema "
              + first.schema()
              + " cannot grow by one of schema "
              + delta.schema());
    }
    boolean plus = matcher.group(2).equals("+");
    NativeHistogram value = first;
    for (int i = 0; i < times; i++) {
      put(new Point.Histogram(value, hinted));
      NativeHistogram next =
          (plus ? HistogramMath.add(value, delta) : HistogramMath.subtract(value, delta))
              .histogram();
      value = HistogramMath.withHint(next, first.resetHint());
    }
  }
}
