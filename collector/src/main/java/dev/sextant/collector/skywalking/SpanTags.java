package dev.sextant.collector.skywalking;

import dev.sextant.collector.convert.ConvertedSpan;
import dev.sextant.storage.otlp.AttributeValue;
import java.util.Locale;
import java.util.Map;

/**
 * Names a span's tags as OpenTelemetry's semantic conventions do, where the meaning is sure; others
 * keep the names that they came with.
 *
 * @see <a href="https://skywalking.apache.org/docs/skywalking-java/latest/">tags of SkyWalking's
 *     Java agent</a>
 */
final class SpanTags {
  private static final Map<String, String> NAMES =
      Map.of(
          "url", "url.full",
          "http.method", "http.request.method",
          "db.instance", "db.namespace",
          "db.statement", "db.query.text",
          "mq.queue", "messaging.destination.name",
          "mq.topic", "messaging.destination.name");

  private static final Map<String, String> DATABASES =
      Map.of(
          "sql", "other_sql",
          "h2", "h2database",
          "oracle", "oracle.db",
          "mssql", "microsoft.sql_server",
          "sqlserver", "microsoft.sql_server",
          "db2", "ibm.db2");

  private final ConvertedSpan out;
  private final boolean callsCache;
  private boolean namesDatabase;

  /**
   * @param callsCache whether the span calls a cache outside of its process, which OpenTelemetry
   *     names as a database
   */
  SpanTags(ConvertedSpan out, boolean callsCache) {
    this.out = out;
    this.callsCache = callsCache;
  }

  /** Whether a tag said which database the span calls. */
  boolean namesDatabase() {
    return namesDatabase;
  }

  /** Writes one tag as an attribute; one without a key is nothing. */
  void write(String key, String value) {
    switch (key) {
      case "" -> {}
      case "http.status_code", "status_code" -> status(key, value);
      case "db.type" -> database(value);
      case "cache.type", "cache.cmd" -> cache(key, value);
      default -> out.attribute(NAMES.getOrDefault(key, key), value);
    }
  }

  private void status(String key, String value) {
    if (value.length() == 3 && value.chars().allMatch(c -> c >= '0' && c <= '9')) {
      out.attribute("http.response.status_code", AttributeValue.of(Long.parseLong(value)));
    } else {
      out.attribute(key, value);
    }
  }

  private void database(String type) {
    if (!type.isEmpty() && !namesDatabase) {
      String lower = type.toLowerCase(Locale.ROOT);
      out.attribute("db.system.name", DATABASES.getOrDefault(lower, lower));
      namesDatabase = true;
    }
  }

  private void cache(String key, String value) {
    if (!callsCache) {
      out.attribute(key, value);
    } else if (key.equals("cache.type")) {
      database(value);
    } else {
      out.attribute("db.operation.name", value);
    }
  }
}
