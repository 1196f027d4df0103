package dev.sextant.agent.core.db;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SqlTextTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "SELECT * FROM t WHERE a = 'x'|SELECT * FROM t WHERE a = ?",
        "SELECT * FROM t WHERE a = 'it''s' AND b=1|SELECT * FROM t WHERE a = ? AND b=?",
        "SELECT 1.5e-3, .5, 0x1F, -7|SELECT ?, ?, ?, -?",
        "SELECT t1.c2 FROM t1|SELECT t1.c2 FROM t1",
        "SELECT * FROM t WHERE a IN (1, 2,3)|SELECT * FROM t WHERE a IN (?)",
        "INSERT INTO t VALUES (?, 'a', N'b')|INSERT INTO t VALUES (?)",
        "SELECT /* secret */ a -- secret|SELECT a",
        "SELECT $$se'cret$$, $x$se$$cret$x$|SELECT ?, ?",
        "SELECT a FROM t WHERE b = $1|SELECT a FROM t WHERE b = $?",
        "SELECT E'a\\'b', 'c:\\' FROM t|SELECT ?, ? FROM t",
        "SELECT a   FROM t|SELECT a FROM t",
        "SELECT \"Col 1\" FROM \"T\"|SELECT \"Col 1\" FROM \"T\"",
        "SELECT [Col 1] FROM [T]|SELECT [Col 1] FROM [T]",
        "SELECT * FROM t WHERE a = 'open|SELECT * FROM t WHERE a = ?"
      })
  void literal_isReplaced(String sql, String expected) {
    assertThat(SqlText.of(sql, false).sanitized).isEqualTo(expected);
  }

  @Test
  void doubleQuotes_areTextWhereTheDialectSaysSo() {
    assertThat(SqlText.of("SELECT * FROM t WHERE a = \"top\\\"secret\" OR b = 2", true).sanitized)
        .isEqualTo("SELECT * FROM t WHERE a = ? OR b = ?");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "select * from orders where id = ?|SELECT orders",
        "SELECT * FROM a JOIN b ON a.x = b.x|SELECT a b",
        "SELECT * FROM a, b WHERE a.x = b.x|SELECT a b",
        "INSERT INTO orders (id) VALUES (?)|INSERT orders",
        "UPDATE orders SET x = ? WHERE id = ?|UPDATE orders",
        "DELETE FROM orders WHERE id = ?|DELETE orders",
        "INSERT INTO a SELECT * FROM b|INSERT a SELECT b",
        "SELECT * FROM (SELECT id FROM t) x|SELECT SELECT t",
        "MERGE INTO shop.orders VALUES (?, ?)|MERGE shop.orders",
        "CREATE TABLE IF NOT EXISTS t (id int)|CREATE t",
        "call settle(?)|CALL settle",
        "ROLLBACK|ROLLBACK"
      })
  void summary_namesVerbsAndTargets(String sql, String expected) {
    assertThat(SqlText.of(sql, false).summary).isEqualTo(expected);
  }

  @Test
  void operationAndCollection_onlyWhereThereIsOne() {
    SqlText single = SqlText.of("select a from t", false);
    assertThat(single.operation).isEqualTo("SELECT");
    assertThat(single.collection).isEqualTo("t");
    SqlText two = SqlText.of("insert into a select * from b", false);
    assertThat(two.operation).isNull();
    assertThat(two.collection).isNull();
  }

  @Test
  void summary_isBounded() {
    String sql = "select * from " + "quite_a_long_name, ".repeat(100) + "last";
    assertThat(SqlText.of(sql, false).summary).hasSizeLessThanOrEqualTo(255);
  }

  @Test
  void veryLongText_isCut() {
    String sql = "select '" + "x".repeat(1_000_000) + "'";
    assertThat(SqlText.of(sql, false).sanitized).isEqualTo("select ?");
  }
}
