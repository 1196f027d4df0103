package dev.sextant.promql.script;

import dev.sextant.metrics.model.NativeHistogram;
import dev.sextant.metrics.model.NativeHistogram.ResetHint;
import dev.sextant.promql.histogram.HistogramMath;
import dev.sextant.promql.parse.NumberText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the points of a series: {@code 1 _ 2+3x4 stale {{count:1}}x2}. */
final class PointParser {
  private static final String NUMBER =
      "[+-]?(?:[iI]nf|[nN]a[nN]|(?:\\d+(?:ms|[smhdwy]))+|(?:\\d+\\.?\\d*|\\.\\d+)(?:[eE][+-]?\\d+)?)";
  private static final Pattern FLOAT =
      Pattern.compile("(" + NUMBER + ")(?:([+-]" + NUMBER.substring(5) + "))?(?:x(\\d+))?");
  private static final Pattern GAP = Pattern.compile("_(?:x(\\d+))?");
  private static final Pattern STALE = Pattern.compile("stale(?:x(\\d+))?");
  private static final Pattern HISTOGRAM =
      Pattern.compile("\\{\\{([^}]*)}}(?:([+-])\\{\\{([^}]*)}})?(?:x(\\d+))?");
  private static final Pattern FIELD = Pattern.compile("(\\w+):(?:\\[([^\\]]*)]|(\\S+))");

  private PointParser() {}

  static List<Point> parse(String text) {
    List<Point> points = new ArrayList<>();
    for (String token : tokens(text)) {
      add(points, token);
    }
    return points;
  }

  private static List<String> tokens(String text) {
    List<String> tokens = new ArrayList<>();
    StringBuilder current = new StringBuilder();
    int depth = 0;
    for (char c : text.toCharArray()) {
      depth += c == '{' ? 1 : c == '}' ? -1 : 0;
      if (Character.isWhitespace(c) && depth == 0) {
        if (!current.isEmpty()) {
          tokens.add(current.toString());
          current.setLength(0);
        }
      } else {
        current.append(c);
      }
    }
    if (!current.isEmpty()) {
      tokens.add(current.toString());
    }
    return tokens;
  }

  private static void add(List<Point> points, String token) {
    Matcher gap = GAP.matcher(token);
    Matcher stale = STALE.matcher(token);
    Matcher number = FLOAT.matcher(token);
    Matcher histogram = HISTOGRAM.matcher(token);
    if (gap.matches()) {
      repeat(points, Point.GAP, gap.group(1) == null ? 1 : Integer.parseInt(gap.group(1)));
    } else if (stale.matches()) {
      Point marker = Point.of(Double.longBitsToDouble(NativeHistogram.STALE_BITS));
      repeat(points, marker, times(stale.group(1)));
    } else if (number.matches()) {
      double value = number(number.group(1));
      double delta = number.group(2) == null ? 0 : number(number.group(2));
      for (int i = 0; i < times(number.group(3)); i++) {
        points.add(Point.of(value));
        value += delta;
      }
    } else if (histogram.matches()) {
      histograms(points, histogram);
    } else {
      throw new IllegalArgumentException("no points: " + token);
    }
  }

  private static int times(String count) {
    return count == null ? 1 : Integer.parseInt(count) + 1;
  }

  private static void repeat(List<Point> points, Point point, int times) {
    for (int i = 0; i < times; i++) {
      points.add(point);
    }
  }

  private static void histograms(List<Point> points, Matcher matcher) {
    NativeHistogram value = histogram(matcher.group(1));
    boolean hinted = matcher.group(1).contains("counter_reset_hint");
    NativeHistogram delta = matcher.group(3) == null ? null : histogram(matcher.group(3));
    for (int i = 0; i < times(matcher.group(4)); i++) {
      points.add(Point.of(value, hinted));
      if (delta != null) {
        ResetHint hint = value.resetHint();
        value =
            matcher.group(2).equals("+")
                ? HistogramMath.add(value, delta).histogram()
                : HistogramMath.subtract(value, delta).histogram();
        value = HistogramMath.withHint(value, hint);
      }
    }
  }

  private static NativeHistogram histogram(String body) {
    Map<String, String> fields = new HashMap<>();
    Matcher matcher = FIELD.matcher(body);
    while (matcher.find()) {
      fields.put(matcher.group(1), matcher.group(2) == null ? matcher.group(3) : matcher.group(2));
    }
    double[] positive = numbers(fields.getOrDefault("buckets", ""));
    double[] negative = numbers(fields.getOrDefault("n_buckets", ""));
    ResetHint hint =
        switch (fields.getOrDefault("counter_reset_hint", "unknown")) {
          case "reset" -> ResetHint.YES;
          case "not_reset" -> ResetHint.NO;
          case "gauge" -> ResetHint.GAUGE;
          default -> ResetHint.UNKNOWN;
        };
    return new NativeHistogram(
        Integer.parseInt(fields.getOrDefault("schema", "0")),
        number(fields.getOrDefault("z_bucket_w", "0")),
        number(fields.getOrDefault("z_bucket", "0")),
        number(fields.getOrDefault("count", "0")),
        number(fields.getOrDefault("sum", "0")),
        span(fields.get("offset"), positive.length),
        positive,
        span(fields.get("n_offset"), negative.length),
        negative,
        numbers(fields.getOrDefault("custom_values", "")),
        hint);
  }

  private static int[] span(String offset, int length) {
    return length == 0
        ? new int[0]
        : new int[] {offset == null ? 0 : Integer.parseInt(offset), length};
  }

  private static double[] numbers(String list) {
    String trimmed = list.trim();
    if (trimmed.isEmpty()) {
      return new double[0];
    }
    String[] parts = trimmed.split("\\s+");
    double[] values = new double[parts.length];
    for (int i = 0; i < parts.length; i++) {
      values[i] = number(parts[i]);
    }
    return values;
  }

  static double number(String text) {
    String unsigned = text.startsWith("+") || text.startsWith("-") ? text.substring(1) : text;
    double sign = text.startsWith("-") ? -1 : 1;
    if (unsigned.equalsIgnoreCase("inf")) {
      return sign * Double.POSITIVE_INFINITY;
    }
    if (unsigned.equalsIgnoreCase("nan")) {
      return Double.NaN;
    }
    if (unsigned.startsWith("0x") || unsigned.startsWith("0X")) {
      return sign * Long.parseLong(unsigned.substring(2), 16);
    }
    if (unsigned.matches("(\\d+(ms|[smhdwy]))+")) {
      return sign * NumberText.parseDurationMillis(unsigned) / 1000.0;
    }
    return sign * Double.parseDouble(unsigned);
  }
}
