package dev.sextant.agent.core.db;

import dev.sextant.agent.core.http.Authority;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads JDBC URLs: every driver has its own grammar, most are {@code jdbc:<name>://host:port/db}.
 * Never fails; what it does not understand it leaves out.
 */
public final class JdbcUrl {
  private static final Database UNKNOWN = new Database("other_sql", null, null, 0);
  private static final Pattern PARAMETER_NAME =
      Pattern.compile("(?i)[;?&](?:databaseName|database|DATABASE_NAME)=([^;?&]+)");
  private static final Pattern ORACLE_HOST =
      Pattern.compile("@(?://)?([^:/()]+)(?::(\\d+))?(?:[:/]([^:/?()]+))?");

  private static final Map<String, String> SYSTEMS = new HashMap<>();
  private static final Map<String, Integer> PORTS = new HashMap<>();

  static {
    system("postgresql", "postgresql", 5432);
    system("mysql", "mysql", 3306);
    system("mariadb", "mariadb", 3306);
    system("h2", "h2database", 0);
    system("hsqldb", "hsqldb", 0);
    system("derby", "derby", 0);
    system("sqlite", "sqlite", 0);
    system("oracle", "oracle.db", 1521);
    system("sqlserver", "microsoft.sql_server", 1433);
    system("db2", "ibm.db2", 50000);
    system("clickhouse", "clickhouse", 8123);
    system("ch", "clickhouse", 8123);
    system("sap", "sap.hana", 0);
  }

  private JdbcUrl() {}

  private static void system(String subprotocol, String name, int port) {
    SYSTEMS.put(subprotocol, name);
    if (port > 0) {
      PORTS.put(subprotocol, port);
    }
  }

  public static Database parse(@Nullable String url) {
    if (url == null || !url.startsWith("jdbc:")) {
      return UNKNOWN;
    }
    String rest = url.substring("jdbc:".length());
    int colon = rest.indexOf(':');
    if (colon < 0) {
      return UNKNOWN;
    }
    String subprotocol = rest.substring(0, colon).toLowerCase(Locale.ROOT);
    String system = SYSTEMS.getOrDefault(subprotocol, "other_sql");
    String body = rest.substring(colon + 1);
    if (subprotocol.equals("oracle")) {
      return oracle(system, body);
    }
    int authority = body.indexOf("//");
    return authority < 0
        ? new Database(system, embeddedName(body), null, 0)
        : remote(system, body, body.substring(authority + 2), PORTS.get(subprotocol));
  }

  private static Database oracle(String system, String body) {
    Matcher matcher = ORACLE_HOST.matcher(body);
    return matcher.find()
        ? new Database(
            system,
            matcher.group(3),
            matcher.group(1),
            matcher.group(2) == null ? 1521 : Integer.parseInt(matcher.group(2)))
        : new Database(system, null, null, 0);
  }

  private static Database remote(
      String system, String body, String location, @Nullable Integer defaultPort) {
    int end = end(location, "/;?");
    String hosts = location.substring(0, end);
    String first = hosts.split(",", 2)[0];
    Authority authority = Authority.parse(first.substring(first.lastIndexOf('@') + 1));
    String host = authority == null ? null : authority.host;
    int port =
        authority != null && authority.port > 0
            ? authority.port
            : defaultPort == null ? 0 : defaultPort;
    String path =
        end < location.length() && location.charAt(end) == '/' ? location.substring(end + 1) : "";
    String name = path.substring(0, end(path, ";?&"));
    Matcher parameter = PARAMETER_NAME.matcher(body);
    if (name.isEmpty() && parameter.find()) {
      name = parameter.group(1);
    }
    return new Database(system, name.isEmpty() ? null : name, host, host == null ? 0 : port);
  }

  /** Of {@code mem:shop;MODE=x}, {@code file:/var/shop} or {@code shop.db}: {@code shop}. */
  private static @Nullable String embeddedName(String body) {
    String path = body.substring(0, end(body, ";?"));
    String name = path.substring(Math.max(path.lastIndexOf('/'), path.lastIndexOf(':')) + 1);
    return name.isEmpty() ? null : name;
  }

  private static int end(String text, String delimiters) {
    for (int i = 0; i < text.length(); i++) {
      if (delimiters.indexOf(text.charAt(i)) >= 0) {
        return i;
      }
    }
    return text.length();
  }
}
