package dev.sextant.collector.otlp.metrics;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Metric names as Prometheus' UnderscoreEscapingWithSuffixes makes them: runs of other characters
 * become one underscore, then the unit, then {@code total} for counters or {@code ratio} for gauges
 * of unit 1. What the name says already is not said twice.
 */
final class MetricNames {
  /** UCUM's symbols that OpenTelemetry uses, as Prometheus spells them. */
  private static final Map<String, String> UNITS =
      Map.ofEntries(
          Map.entry("d", "days"),
          Map.entry("h", "hours"),
          Map.entry("min", "minutes"),
          Map.entry("s", "seconds"),
          Map.entry("ms", "milliseconds"),
          Map.entry("us", "microseconds"),
          Map.entry("ns", "nanoseconds"),
          Map.entry("By", "bytes"),
          Map.entry("KiBy", "kibibytes"),
          Map.entry("MiBy", "mebibytes"),
          Map.entry("GiBy", "gibibytes"),
          Map.entry("TiBy", "tibibytes"),
          Map.entry("KBy", "kilobytes"),
          Map.entry("MBy", "megabytes"),
          Map.entry("GBy", "gigabytes"),
          Map.entry("TBy", "terabytes"),
          Map.entry("m", "meters"),
          Map.entry("V", "volts"),
          Map.entry("A", "amperes"),
          Map.entry("J", "joules"),
          Map.entry("W", "watts"),
          Map.entry("g", "grams"),
          Map.entry("Cel", "celsius"),
          Map.entry("Hz", "hertz"),
          Map.entry("1", ""),
          Map.entry("%", "percent"));

  private static final Map<String, String> PER_UNITS =
      Map.of(
          "s", "second", "m", "minute", "h", "hour", "d", "day", "w", "week", "mo", "month", "y",
          "year");

  private MetricNames() {}

  static String of(String name, String unit, boolean counter, boolean gauge) {
    List<String> tokens = tokens(name);
    for (String part : unitTokens(unit)) {
      if (!tokens.contains(part)) {
        tokens.add(part);
      }
    }
    if (counter) {
      moveToEnd(tokens, "total");
    } else if (gauge && unit.trim().equals("1")) {
      moveToEnd(tokens, "ratio");
    }
    String joined = String.join("_", tokens);
    return !joined.isEmpty() && Character.isDigit(joined.charAt(0)) ? "_" + joined : joined;
  }

  /** The unit as Prometheus spells it, such as {@code meters_per_second}; may be empty. */
  static String unit(String unit) {
    return String.join("_", unitTokens(unit));
  }

  private static void moveToEnd(List<String> tokens, String token) {
    tokens.removeIf(token::equals);
    tokens.add(token);
  }

  private static List<String> unitTokens(String unit) {
    String[] parts = unit.split("/", 2);
    List<String> tokens = new ArrayList<>();
    String main = spelled(parts[0].trim(), UNITS);
    if (!main.isEmpty()) {
      tokens.add(main);
    }
    if (parts.length == 2) {
      String per = spelled(parts[1].trim(), PER_UNITS);
      if (!per.isEmpty()) {
        tokens.add("per");
        tokens.add(per);
      }
    }
    return tokens;
  }

  /** Annotations in braces say nothing of the unit. */
  private static String spelled(String symbol, Map<String, String> known) {
    if (symbol.indexOf('{') >= 0 || symbol.indexOf('}') >= 0) {
      return "";
    }
    String spelling = known.get(symbol);
    return spelling != null ? spelling : String.join("_", tokens(symbol));
  }

  private static List<String> tokens(String text) {
    List<String> tokens = new ArrayList<>();
    int start = -1;
    for (int i = 0; i <= text.length(); i++) {
      if (i < text.length() && inToken(text.charAt(i))) {
        if (start < 0) {
          start = i;
        }
      } else if (start >= 0) {
        tokens.add(text.substring(start, i));
        start = -1;
      }
    }
    return tokens;
  }

  private static boolean inToken(char c) {
    return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == ':';
  }
}
