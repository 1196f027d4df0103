package dev.sextant.api.service;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatementTextTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "SELECT * FROM t WHERE a = 'x'|SELECT * FROM t WHERE a = ?",
        "SELECT * FROM t WHERE a = 'it''s' AND b=1|SELECT * FROM t WHERE a = ? AND b=?",
        "SELECT a + 1.5e-3 - 0x1F * -7|SELECT a + ? - ? * -?",
        "SELECT t1.c2 FROM t1|SELECT t1.c2 FROM t1",
        "SELECT * FROM t WHERE a IN (1, 2,3)|SELECT * FROM t WHERE a IN (?)",
        "INSERT INTO t VALUES (1, 'a'), (2, 'b')|INSERT INTO t VALUES (?)",
        "SELECT /* trace 4711 */ a -- 4711|SELECT a",
        "SELECT a FROM t WHERE b = $1|SELECT a FROM t WHERE b = ?",
        "SELECT a FROM t WHERE b = ?|SELECT a FROM t WHERE b = ?",
        "SELECT   a   FROM t|SELECT a FROM t",
        "SELECT \"Col 1\" FROM \"T2\"|SELECT \"Col 1\" FROM \"T2\"",
        "SELECT * FROM t WHERE a = 'open|SELECT * FROM t WHERE a = ?"
      })
  void values_areOut(String statement, String expected) {
    assertThat(StatementText.of(statement, "postgresql")).isEqualTo(expected);
  }

  @Test
  void doubleQuotes_areValuesWhereTheSystemWritesThemSo() {
    assertThat(StatementText.of("SELECT a FROM t WHERE b = \"x\"", "mysql"))
        .isEqualTo("SELECT a FROM t WHERE b = ?");
    assertThat(StatementText.of("{\"find\": \"orders\", \"limit\" : 5}", "mongodb"))
        .isEqualTo("{\"find\": ?, \"limit\" : ?}");
  }

  @Test
  void longText_isCutWithinNoCharacter() {
    String text = StatementText.of("\uD83D\uDE00".repeat(2_000), "");

    assertThat(text).hasSizeLessThanOrEqualTo(StatementText.LONGEST + 1).endsWith("…");
    assertThat(text.codePoints().filter(c -> c >= 0xD800 && c <= 0xDFFF)).isEmpty();
  }

  @Test
  void messages_haveNoIds() {
    assertThat(
            MessageText.of(
                "order 4711 of 6f1c0f6e-0a1d-4b4b-9d55-0123456789ab\n at 12:30:05, key deadbeef01"))
        .isEqualTo("order ? of ? at ?, key ?");
    assertThat(MessageText.of("no stock for accessed beef"))
        .isEqualTo("no stock for accessed beef");
  }
}
