package dev.sextant.benchmarks;

import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;
import java.util.TreeSet;

/**
 * The figures of one run, and where they were taken; its JSON has these names.
 *
 * @param machine processors, memory, operating system and Java
 */
record Report(List<Row> rows, String machine) {

  /** A Markdown table with a column for each peer that any row has. */
  String markdown() {
    TreeSet<String> peers = new TreeSet<>();
    rows.forEach(row -> peers.addAll(row.peers().keySet()));
    StringBuilder table = new StringBuilder();
    StringJoiner head = new StringJoiner(" | ", "| ", " |\n");
    StringJoiner rule = new StringJoiner("|", "|", "|\n");
    head.add("id").add("unit").add("ours");
    peers.forEach(head::add);
    head.add("goal").add("holds");
    rule.add("---").add("---").add("---:");
    peers.forEach(peer -> rule.add("---:"));
    rule.add("---:").add("---");
    table.append(head).append(rule);
    for (Row row : rows) {
      StringJoiner line = new StringJoiner(" | ", "| ", " |\n");
      line.add(row.id()).add(row.unit()).add(number(row.ours()));
      for (String peer : peers) {
        Double figure = row.peers().get(peer);
        line.add(figure == null ? "" : number(figure));
      }
      Double goal = row.goal();
      line.add(goal == null ? "" : number(goal));
      line.add(goal == null ? "" : row.holds() ? "yes" : "no");
      table.append(line);
    }
    return table.append("\n").append(machine).append("\n").toString();
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, Math.abs(value) >= 100 ? "%,.0f" : "%.3g", value);
  }

  /** Writes {@code NAME.json}, making its directory. */
  Path write(Path directory, String name) throws IOException {
    Files.createDirectories(directory);
    Path file = directory.resolve(name + ".json");
    JsonMapper json = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
    Files.write(file, json.writeValueAsBytes(this));
    return file;
  }
}
