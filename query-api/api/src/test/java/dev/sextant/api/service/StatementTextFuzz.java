package dev.sextant.api.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** Any text at all is read without failing, and what is without values once stays so. */
class StatementTextFuzz {
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
    "$1",
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
    "17",
    ".",
    "+",
    ":",
    "é",
    "\uD83D\uDE00",
    "\uD83D",
    "\0"
  };
  private static final String[] SYSTEMS = {"postgresql", "mysql", "mongodb", ""};

  private static int rounds() {
    return Boolean.getBoolean("sextant.long") ? 2_000_000 : 50_000;
  }

  private static String text(Random random, int most) {
    StringBuilder sql = new StringBuilder();
    for (int i = random.nextInt(most); i >= 0; i--) {
      sql.append(PIECES[random.nextInt(PIECES.length)]);
    }
    return sql.toString();
  }

  @Test
  void anyText_isReadAndBounded() {
    Random random = new Random(4711);
    for (int round = 0; round < rounds(); round++) {
      String sql = text(random, random.nextInt(100) == 0 ? 5_000 : 12);
      for (String system : SYSTEMS) {
        assertThat(StatementText.of(sql, system).length())
            .isLessThanOrEqualTo(StatementText.LONGEST + 1);
      }
      assertThat(MessageText.of(sql).length()).isLessThanOrEqualTo(MessageText.LONGEST + 1);
    }
  }

  @Test
  void values_makeNoDifference() {
    Random random = new Random(815);
    for (int round = 0; round < rounds(); round++) {
      String inside = text(random, 6).replace("'", "''");
      String sql =
          "select a from t where b = '%s' and c in (%d, %d)"
              .formatted(inside, random.nextInt(100_000), random.nextInt(10));

      assertThat(StatementText.of(sql, SYSTEMS[random.nextInt(SYSTEMS.length)]))
          .isEqualTo("select a from t where b = ? and c in (?)");
    }
  }
}
