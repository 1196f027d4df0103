package dev.sextant.promql.script;

import dev.sextant.metrics.model.NativeHistogram;
import dev.sextant.metrics.model.NativeHistogram.ResetHint;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads a native histogram: {@code schema:0 count:4 sum:5 buckets:[1 2 1]}. */
final class HistogramNotation {
  private static final Pattern FIELD = Pattern.compile("(\\w+):(?:\\[([^\\]]*)]|(\\S+))");
  private static final Set<String> KEYS =
      Set.of(
          "schema",
          "sum",
          "count",
          "z_bucket",
          "z_bucket_w",
          "buckets",
          "offset",
          "n_buckets",
          "n_offset",
          "custom_values",
          "counter_reset_hint");

  private HistogramNotation() {}

  static NativeHistogram parse(String body) {
    Map<String, String> fields = fields(body);
    double[] positive = numbers(fields.getOrDefault("buckets", ""));
    double[] negative = numbers(fields.getOrDefault("n_buckets", ""));
    return new NativeHistogram(
        schema(fields.getOrDefault("schema", "0")),
        number(fields, "z_bucket_w"),
        number(fields, "z_bucket"),
        number(fields, "count"),
        number(fields, "sum"),
        span(fields.get("offset"), positive.length),
        positive,
        span(fields.get("n_offset"), negative.length),
        negative,
        numbers(fields.getOrDefault("custom_values", "")),
        hint(fields.getOrDefault("counter_reset_hint", "unknown")));
  }

  private static Map<String, String> fields(String body) {
    Map<String, String> fields = new HashMap<>();
    Matcher matcher = FIELD.matcher(body);
    StringBuilder rest = new StringBuilder();
    while (matcher.find()) {
      String key = matcher.group(1);
      if (!KEYS.contains(key)) {
        throw new IllegalArgumentException(
            "a histogram has no " + key + "; it has " + KEYS.stream().sorted().toList());
      }
      fields.put(key, matcher.group(2) == null ? matcher.group(3) : matcher.group(2));
      matcher.appendReplacement(rest, "");
    }
    matcher.appendTail(rest);
    if (!rest.toString().isBlank()) {
      throw new IllegalArgumentException(
          "expected key:value in a histogram, but found " + rest.toString().strip());
    }
    return fields;
  }

  private static int schema(String text) {
    int schema = integer(text);
    if (schema != NativeHistogram.CUSTOM_BUCKETS && (schema < -4 || schema > 8)) {
      throw new IllegalArgumentException("schema " + schema + " is not one of -4 to 8, or -53");
    }
    return schema;
  }

  private static ResetHint hint(String text) {
    return switch (text) {
      case "unknown" -> ResetHint.UNKNOWN;
      case "reset" -> ResetHint.YES;
      case "not_reset" -> ResetHint.NO;
      case "gauge" -> ResetHint.GAUGE;
      default ->
          throw new IllegalArgumentException(
              "counter_reset_hint " + text + " is not one of unknown, reset, not_reset, gauge");
    };
  }

  private static double number(Map<String, String> fields, String key) {
    return ScriptNumbers.number(fields.getOrDefault(key, "0"));
  }

  private static int[] span(@Nullable String offset, int length) {
    return length == 0 ? new int[0] : new int[] {offset == null ? 0 : integer(offset), length};
  }

  private static int integer(String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("expected a whole number, but found " + text, e);
    }
  }

  private static double[] numbers(String list) {
    String trimmed = list.strip();
    if (trimmed.isEmpty()) {
      return new double[0];
    }
    String[] parts = trimmed.split("\\s+", -1);
    double[] values = new double[parts.length];
    for (int i = 0; i < parts.length; i++) {
      values[i] = ScriptNumbers.number(parts[i]);
    }
    return values;
  }
}
