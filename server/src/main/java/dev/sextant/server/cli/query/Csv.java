package dev.sextant.server.cli.query;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * An answer as comma-separated values (RFC 4180, lines end with a line feed): one line a point, a
 * column for each label that any series has, then {@code timestamp} in seconds since the epoch and
 * {@code value}.
 */
final class Csv {
  private Csv() {}

  static void write(JsonNode data, PrintWriter out) {
    List<Row> rows = Row.all(data);
    TreeSet<String> names = new TreeSet<>();
    rows.forEach(row -> names.addAll(row.labels().keySet()));
    List<String> head = new ArrayList<>(names);
    head.add("timestamp");
    head.add("value");
    line(head, out);
    for (Row row : rows) {
      for (int i = 0; i < row.values().size(); i++) {
        List<String> cells = new ArrayList<>();
        names.forEach(name -> cells.add(row.labels().getOrDefault(name, "")));
        cells.add(row.times().get(i));
        cells.add(row.values().get(i));
        line(cells, out);
      }
    }
  }

  private static void line(List<String> cells, PrintWriter out) {
    out.print(cells.stream().map(Csv::quoted).collect(Collectors.joining(",")) + "\n");
  }

  private static String quoted(String cell) {
    boolean plain = cell.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return plain ? cell : '"' + cell.replace("\"", "\"\"") + '"';
  }
}
