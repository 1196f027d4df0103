package dev.sextant.agent.instrumentation.logback;

import ch.qos.logback.classic.spi.ILoggingEvent;
import io.opentelemetry.api.logs.LogRecordBuilder;

/** The key-value pairs of SLF4J's fluent interface, which Logback has since 1.3. */
final class KeyValues {
  private static volatile boolean missing;

  private KeyValues() {}

  static void addTo(LogRecordBuilder record, ILoggingEvent event) {
    if (missing) {
      return;
    }
    try {
      FluentKeyValues.addTo(record, event);
    } catch (LinkageError olderLogback) {
      missing = true;
    }
  }
}
