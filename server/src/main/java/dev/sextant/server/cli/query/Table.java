package dev.sextant.server.cli.query;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * An answer as a table: a line a series, labels that all of them share above it, numbers as the
 * server wrote them. A range has a sparkline with the least, greatest and last value.
 */
final class Table {
  private static final int SPARKLINE = 40;
  private static final int LEAST_LABELS = 20;
  private static final Pattern HISTOGRAM =
      Pattern.compile("^\\{\"count\":\"([^\"]+)\",\"sum\":\"([^\"]+)\"");

  private final int width;
  private final boolean blocks;

  /**
   * @param width of a line in characters; labels are cut so that a line fits where it can
   * @param blocks whether the output shows more than ASCII
   */
  Table(int width, boolean blocks) {
    this.width = width;
    this.blocks = blocks;
  }

  void write(JsonNode data, PrintWriter out) {
    List<Row> rows = Row.all(data);
    if (rows.isEmpty()) {
      out.println("no series");
      return;
    }
    boolean range = data.path("resultType").asText().equals("matrix");
    Map<String, String> shared = shared(rows);
    if (rows.size() > 1 && !shared.isEmpty()) {
      out.println("all of " + rows.size() + ": " + series(shared));
    }
    Map<String, String> above = rows.size() > 1 ? shared : Map.of();
    List<List<String>> lines = new ArrayList<>();
    lines.add(range ? List.of("series", "", "min", "max", "last") : List.of("series", "value"));
    for (Row row : rows) {
      lines.add(
          range ? range(row, above) : List.of(own(row, above), shown(row.values().getFirst())));
    }
    print(lines, out);
  }

  private static Map<String, String> shared(List<Row> rows) {
    Map<String, String> shared = new TreeMap<>(rows.getFirst().labels());
    rows.forEach(row -> shared.entrySet().retainAll(row.labels().entrySet()));
    return shared;
  }

  private static String own(Row row, Map<String, String> shared) {
    Map<String, String> own = new TreeMap<>(row.labels());
    own.keySet().removeAll(shared.keySet());
    return series(own);
  }

  private static String series(Map<String, String> labels) {
    String pairs =
        labels.entrySet().stream()
            .filter(label -> !label.getKey().equals("__name__"))
            .map(label -> label.getKey() + "=\"" + escaped(label.getValue()) + '"')
            .collect(Collectors.joining(", "));
    String name = labels.getOrDefault("__name__", "");
    return pairs.isEmpty() && !name.isEmpty() ? name : name + "{" + pairs + "}";
  }

  /** Without what would move the terminal's cursor. */
  private static String escaped(String value) {
    StringBuilder out = new StringBuilder();
    for (char c : value.toCharArray()) {
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\n' -> out.append("\\n");
        default ->
            out.append(
                Character.isISOControl(c) ? String.format("\\x%02x", (int) c) : String.valueOf(c));
      }
    }
    return out.toString();
  }

  private List<String> range(Row row, Map<String, String> shared) {
    double[] numbers = row.numbers();
    int least = 0;
    int most = 0;
    for (int i = 1; i < numbers.length; i++) {
      least = numbers[i] < numbers[least] || Double.isNaN(numbers[least]) ? i : least;
      most = numbers[i] > numbers[most] || Double.isNaN(numbers[most]) ? i : most;
    }
    return List.of(
        own(row, shared),
        Sparkline.of(numbers, SPARKLINE, blocks),
        shown(row.values().get(least)),
        shown(row.values().get(most)),
        shown(row.values().getLast()));
  }

  /** A number as it is; of a histogram how many observations it has and their sum. */
  private static String shown(String value) {
    Matcher histogram = HISTOGRAM.matcher(value);
    return histogram.find()
        ? "count " + histogram.group(1) + ", sum " + histogram.group(2)
        : escaped(value);
  }

  private void print(List<List<String>> lines, PrintWriter out) {
    int[] widths = new int[lines.getFirst().size()];
    for (List<String> line : lines) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], line.get(i).length());
      }
    }
    int others = Arrays.stream(widths).skip(1).map(each -> each + 2).sum();
    widths[0] = Math.min(widths[0], Math.max(LEAST_LABELS, width - others));
    for (List<String> line : lines) {
      StringBuilder text = new StringBuilder(left(cut(line.getFirst(), widths[0]), widths[0]));
      for (int i = 1; i < widths.length; i++) {
        boolean sparkline = widths.length > 2 && i == 1;
        String cell = line.get(i);
        text.append("  ").append(sparkline ? left(cell, widths[i]) : right(cell, widths[i]));
      }
      out.println(text.toString().stripTrailing());
    }
  }

  /**
   * The middle goes: the name stands at the beginning, what tells series apart often at the end.
   */
  private String cut(String text, int most) {
    if (text.length() <= most) {
      return text;
    }
    int head = (most - 1) * 2 / 3;
    String gap = blocks ? "…" : "~";
    return text.substring(0, head) + gap + text.substring(text.length() - (most - 1 - head));
  }

  private static String left(String text, int width) {
    return text + " ".repeat(Math.max(0, width - text.length()));
  }

  private static String right(String text, int width) {
    return " ".repeat(Math.max(0, width - text.length())) + text;
  }
}
