package dev.sextant.agent.core.db;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** Any text at all is scanned without failing, and the digits of literals never survive. */
class SqlTextFuzz {
  private static final String[] PIECES = {
    "select",
    "from",
    "'",
    "''",
    "\"",
    "`",
    "[",
    "]",
    "$",
    "$$",
    "$x$",
    "--",
    "/*",
    "*/",
    "\n",
    " ",
    "(",
    ")",
    ",",
    "?",
    "\\",
    "tbl",
    "E'",
    "1e",
    ".",
    "+",
    "é",
    "\uD83D\uDE00",
    "\0"
  };

  @Test
  void anyText_isScanned() {
    Random random = new Random(4711);
    int rounds = Boolean.getBoolean("sextant.long") ? 2_000_000 : 50_000;
    for (int round = 0; round < rounds; round++) {
      StringBuilder sql = new StringBuilder();
      for (int i = random.nextInt(12); i >= 0; i--) {
        sql.append(PIECES[random.nextInt(PIECES.length)]);
      }
      assertThat(SqlText.of(sql.toString(), random.nextBoolean()).sanitized).isNotNull();
    }
  }

  @Test
  void secretBetweenQuotes_neverSurvives() {
    Random random = new Random(815);
    for (int round = 0; round < 50_000; round++) {
      StringBuilder inside = new StringBuilder("SECRET");
      for (int i = random.nextInt(6); i > 0; i--) {
        String piece = PIECES[random.nextInt(PIECES.length)];
        inside.append(piece.contains("'") || piece.equals("\\") ? "''" : piece);
      }
      String sql = "select a from t where b = '" + inside + "' and c = ?";
      assertThat(SqlText.of(sql, false).sanitized)
          .isEqualTo("select a from t where b = ? and c = ?");
    }
  }
}
