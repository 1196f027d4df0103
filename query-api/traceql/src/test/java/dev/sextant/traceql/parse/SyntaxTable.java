package dev.sextant.traceql.parse;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.params.provider.Arguments;

/**
 * A table of queries, each on a line of its own with what is expected of it on the next, two blanks
 * further right. Lines that begin with {@code #} are comments.
 */
final class SyntaxTable {
  private SyntaxTable() {}

  static List<Arguments> read(String name) throws IOException {
    List<Arguments> rows = new ArrayList<>();
    String query = null;
    for (String line : text(name).split("\n")) {
      if (line.startsWith("  ") && query != null) {
        rows.add(Arguments.of(query, line.substring(2)));
        query = null;
      } else if (!line.isBlank() && !line.startsWith("#")) {
        if (query != null) {
          throw new IllegalStateException(name + ": nothing is expected of " + query);
        }
        query = line;
      }
    }
    return rows;
  }

  private static String text(String name) throws IOException {
    try (InputStream in =
        Objects.requireNonNull(SyntaxTable.class.getResourceAsStream("/syntax/" + name))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
