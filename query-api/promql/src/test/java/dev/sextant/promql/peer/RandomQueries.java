package dev.sextant.promql.peer;

import java.util.List;
import java.util.Random;

/**
 * Queries over {@link PeerData} in what Prometheus 2.42 and 3 have in common. Left out by name:
 * native histograms; {@code holt_winters}, which was renamed; everything newer than 2.42; and where
 * 2.42 was wrong: {@code atan2} with a vector, which kept the name, {@code predict_linear} with
 * {@code @}, which lost its samples after some steps, and the deviation of infinite values. Powers
 * never meet {@code %}, {@code sin} or {@code cos}, which make much of a last bit.
 */
final class RandomQueries {
  private static final int DEPTH = 4;
  private static final List<String> RATES =
      List.of("rate", "increase", "irate", "idelta", "delta", "resets", "changes", "deriv");
  private static final List<String> OVER_TIME =
      List.of(
          "avg_over_time",
          "sum_over_time",
          "min_over_time",
          "max_over_time",
          "count_over_time",
          "last_over_time",
          "present_over_time",
          "stddev_over_time",
          "stdvar_over_time");
  private static final List<String> MATH =
      List.of(
          "abs", "ceil", "floor", "sqrt", "ln", "log2", "log10", "sgn", "atan", "tanh", "asinh",
          "deg", "rad");
  private static final List<String> DATES =
      List.of(
          "minute",
          "hour",
          "day_of_week",
          "day_of_month",
          "day_of_year",
          "days_in_month",
          "month",
          "year");
  private static final List<String> AGGREGATES =
      List.of("sum", "avg", "min", "max", "count", "group");
  private static final List<String> GAUGES =
      List.of(
          "temperature",
          "temperature{room=\"1\"}",
          "temperature{host=~\"a|b\"}",
          "temperature{host!~\"a.*\",room!=\"2\"}",
          "load",
          "load{host!=\"a\"}",
          "capacity{unit=~\"b.+\"}",
          "{__name__=~\"load|capacity\",host=\"b\"}",
          "up");
  private static final List<String> COUNTERS =
      List.of(
          "requests_total",
          "requests_total{job=\"api\"}",
          "requests_total{code=~\"4..|5..\"}",
          "requests_total{code!=\"200\",host=\"c\"}");
  private static final List<String> RANGES = List.of("30s", "1m", "2m", "5m", "10m", "30m");
  private static final List<String> LABELS = List.of("job", "code", "host", "room", "missing");

  private final Random random;

  RandomQueries(long seed) {
    random = new Random(seed);
  }

  String next() {
    return random.nextInt(12) == 0 ? scalar(3) : vector(DEPTH);
  }

  private <T> T any(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }

  private String number() {
    return any(List.of("0.37", "2", "-1.73", "41.123", "1e3", "0x1F", "7.5"));
  }

  private String modifiers() {
    return switch (random.nextInt(8)) {
      case 0 -> " offset " + any(List.of("30s", "1m", "5m", "-2m"));
      case 1 -> " @ " + (PeerData.START / 1000 + 60L * (5 + random.nextInt(100)) + 7);
      case 2 -> any(List.of(" @ start()", " @ end()"));
      default -> "";
    };
  }

  private String range(List<String> metrics) {
    return any(metrics) + "[" + any(RANGES) + "]" + modifiers();
  }

  /** Its points fall on multiples of the step, which no edge of the window does. */
  private String subquery(int depth) {
    String inner =
        random.nextBoolean() ? any(GAUGES) : "rate(" + any(COUNTERS) + "[" + any(RANGES) + "])";
    String operand = depth > 2 && random.nextInt(3) == 0 ? "(" + plain(inner) + ")" : inner;
    return operand
        + "["
        + any(List.of("5m", "10m", "20m"))
        + any(List.of(":30s]", ":1m]", ":90s]", ":]"));
  }

  private String plain(String inner) {
    return any(List.of("-" + inner, inner + " * 2", "abs(" + inner + ")", "sum(" + inner + ")"));
  }

  private String scalar(int depth) {
    return switch (random.nextInt(depth > 0 ? 6 : 2)) {
      case 0, 1 -> number();
      case 2 -> "scalar(" + aggregate(depth - 1, false) + ")";
      case 3 ->
          "("
              + scalar(depth - 1)
              + any(List.of(" + ", " - ", " * ", " / ", " % ", " atan2 "))
              + number()
              + ")";
      case 4 -> any(List.of("time()", "pi()"));
      default ->
          "("
              + scalar(depth - 1)
              + any(List.of(" > bool ", " == bool ", " <= bool "))
              + number()
              + ")";
    };
  }

  private String vector(int depth) {
    if (depth == 0) {
      return any(GAUGES) + modifiers();
    }
    return switch (random.nextInt(14)) {
      case 0 -> any(GAUGES) + modifiers();
      case 1, 2 -> any(RATES) + "(" + range(COUNTERS) + ")";
      case 3 -> any(OVER_TIME) + "(" + range(GAUGES) + ")";
      case 4 -> any(OVER_TIME) + "(" + subquery(depth) + ")";
      case 5 -> function(depth);
      case 6, 7 -> aggregate(depth, true);
      case 8 -> parametrized(depth);
      case 9 -> vector(depth - 1) + arithmetic() + scalar(1);
      case 10 -> scalar(1) + arithmetic() + "(" + vector(depth - 1) + ")";
      case 11 -> matched(depth);
      case 12 -> sets(depth);
      default -> ranged(depth);
    };
  }

  private String arithmetic() {
    return any(List.of(" + ", " - ", " * ", " / ", " ^ ", " > ", " < ", " >= bool ", " != "));
  }

  private String function(int depth) {
    String inner = vector(depth - 1);
    return switch (random.nextInt(11)) {
      case 0, 1 -> any(MATH) + "(" + inner + ")";
      case 2 -> "clamp(" + inner + ", " + number() + ", " + number() + ")";
      case 3 -> any(List.of("clamp_min(", "clamp_max(", "round(")) + inner + ", " + number() + ")";
      case 4 -> "label_replace(" + inner + ", \"dst\", \"x-$1\", \"host\", \"([a-c])\")";
      case 5 -> "label_join(" + inner + ", \"dst\", \"-\", \"job\", \"host\", \"missing\")";
      case 6 -> any(List.of("sort(", "sort_desc(", "-(", "+(", "(")) + inner + ")";
      case 7 -> any(List.of("absent(", "timestamp(")) + inner + ")";
      case 8 -> any(DATES) + "(" + any(List.of("", "timestamp(load)", "vector(time())")) + ")";
      case 9 -> "vector(" + scalar(depth - 1) + ")";
      default ->
          "absent_over_time("
              + any(List.of("nothing{a=\"b\"}", "temperature{host=\"d\",room=\"2\"}"))
              + "["
              + any(RANGES)
              + "])";
    };
  }

  private String aggregate(int depth, boolean grouped) {
    String clause =
        !grouped
            ? ""
            : switch (random.nextInt(4)) {
              case 0 -> " by (" + any(LABELS) + ")";
              case 1 -> " by (" + any(LABELS) + ", " + any(LABELS) + ")";
              case 2 -> " without (" + any(LABELS) + ")";
              default -> "";
            };
    if (random.nextInt(6) == 0) {
      return any(List.of("stddev", "stdvar")) + clause + " (" + any(GAUGES) + ")";
    }
    return any(AGGREGATES) + clause + " (" + vector(Math.max(0, depth - 1)) + ")";
  }

  private String parametrized(int depth) {
    String inner = vector(depth - 1);
    return switch (random.nextInt(4)) {
      case 0 -> "topk(" + (1 + random.nextInt(4)) + ", " + distinct() + ")";
      case 1 -> "bottomk by (host) (" + (1 + random.nextInt(2)) + ", " + distinct() + ")";
      case 2 -> "quantile(" + share(depth) + ", " + inner + ")";
      default -> "count_values(\"v\", floor(" + any(GAUGES) + "))";
    };
  }

  /** Series whose values do not tie. */
  private String distinct() {
    return any(List.of("temperature", "load", "rate(requests_total[10m])", "capacity * 3"));
  }

  /** Out of range, and so infinite, only where nothing is made of it. */
  private String share(int depth) {
    return any(
        depth == DEPTH
            ? List.of("0.5", "0", "0.93", "1", "1.2", "-1")
            : List.of("0.5", "0", "0.93", "1"));
  }

  private String matched(int depth) {
    String right = any(List.of("capacity", "load", "avg_over_time(load[5m])"));
    return switch (random.nextInt(6)) {
      case 0 -> "temperature" + arithmetic() + "on (host) group_left " + right;
      case 1 -> right + arithmetic() + "on (host) group_right () temperature";
      case 2 -> "capacity" + arithmetic() + "ignoring (unit) load";
      case 3 ->
          "sum by (host) (" + vector(depth - 1) + ") / sum by (host) (" + vector(depth - 1) + ")";
      case 4 ->
          "rate(requests_total[5m]) / ignoring (code) group_left sum without (code) (rate(requests_total[5m]))";
      default -> "temperature * on (host) group_left (unit) capacity";
    };
  }

  private String sets(int depth) {
    String matching = any(List.of("", "on (host) ", "ignoring (room, unit) "));
    return "("
        + vector(depth - 1)
        + ") "
        + any(List.of("and ", "or ", "unless "))
        + matching
        + "("
        + vector(depth - 1)
        + ")";
  }

  private String ranged(int depth) {
    return switch (random.nextInt(4)) {
      case 0 -> "quantile_over_time(" + share(depth) + ", " + range(GAUGES) + ")";
      case 1 ->
          "predict_linear(" + any(GAUGES) + "[" + any(RANGES) + "] offset 30s, " + number() + ")";
      default ->
          "histogram_quantile("
              + share(depth)
              + ", "
              + any(
                  List.of(
                      "rate(latency_seconds_bucket[5m])",
                      "sum by (le) (rate(latency_seconds_bucket[10m]))",
                      "latency_seconds_bucket"))
              + ")";
    };
  }
}
