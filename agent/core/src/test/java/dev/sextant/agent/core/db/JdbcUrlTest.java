package dev.sextant.agent.core.db;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JdbcUrlTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "jdbc:postgresql://db.example:5433/shop?ssl=true|postgresql|shop|db.example|5433",
        "jdbc:postgresql://db/shop|postgresql|shop|db|5432",
        "jdbc:mysql://user:secret@db:3307/shop?useSSL=false|mysql|shop|db|3307",
        "jdbc:mariadb://one:3306,two:3306/shop|mariadb|shop|one|3306",
        "jdbc:sqlserver://db:1444;databaseName=shop;encrypt=true|microsoft.sql_server|shop|db|1444",
        "jdbc:oracle:thin:@//db:1522/shop|oracle.db|shop|db|1522",
        "jdbc:oracle:thin:@db:1521:shop|oracle.db|shop|db|1521",
        "jdbc:h2:mem:shop;MODE=MySQL|h2database|shop|-|0",
        "jdbc:h2:file:/var/lib/shop|h2database|shop|-|0",
        "jdbc:h2:tcp://db:9092/~/shop|h2database|~/shop|db|9092",
        "jdbc:sqlite:/var/lib/shop.db|sqlite|shop.db|-|0",
        "jdbc:clickhouse://db/shop|clickhouse|shop|db|8123",
        "jdbc:postgresql://[::1]:5432/shop|postgresql|shop|[::1]|5432",
        "jdbc:unheard:of|other_sql|of|-|0",
        "nonsense|other_sql|-|-|0",
        "-|other_sql|-|-|0"
      })
  void url_isRead(String url, String system, String namespace, String host, int port) {
    assertThat(JdbcUrl.parse(url)).isEqualTo(new Database(system, namespace, host, port));
  }
}
