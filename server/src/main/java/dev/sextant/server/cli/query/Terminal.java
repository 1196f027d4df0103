package dev.sextant.server.cli.query;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/** What the output can show. */
final class Terminal {
  private static final int WIDTH = 120;
  private static final int LEAST = 40;

  private Terminal() {}

  /** Characters in a line: what the shell says in {@code COLUMNS}, else a usual width. */
  static int width() {
    String columns = System.getenv("COLUMNS");
    return columns != null && columns.matches("\\d{2,4}")
        ? Math.max(LEAST, Integer.parseInt(columns))
        : WIDTH;
  }

  /** Whether the output's encoding has more than ASCII. */
  static boolean drawsBlocks() {
    return Charset.forName(System.getProperty("stdout.encoding", "UTF-8"))
        .equals(StandardCharsets.UTF_8);
  }
}
