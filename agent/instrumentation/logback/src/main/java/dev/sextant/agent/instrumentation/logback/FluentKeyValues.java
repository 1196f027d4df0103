package dev.sextant.agent.instrumentation.logback;

import ch.qos.logback.classic.spi.ILoggingEvent;
import dev.sextant.agent.core.weave.OptionalLibrary;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.logs.LogRecordBuilder;
import java.util.List;
import org.slf4j.event.KeyValuePair;

@OptionalLibrary
final class FluentKeyValues {
  private FluentKeyValues() {}

  static void addTo(LogRecordBuilder record, ILoggingEvent event) {
    List<KeyValuePair> pairs = event.getKeyValuePairs();
    if (pairs == null) {
      return;
    }
    for (KeyValuePair pair : pairs) {
      if (pair.key != null && pair.value != null) {
        record.setAttribute(AttributeKey.stringKey(pair.key), String.valueOf(pair.value));
      }
    }
  }
}
