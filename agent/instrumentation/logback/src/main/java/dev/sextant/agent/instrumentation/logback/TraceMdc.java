package dev.sextant.agent.instrumentation.logback;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.context.Context;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.MDC;

/**
 * Gives one event {@code trace_id}, {@code span_id} and {@code trace_flags}. The event's own map is
 * set, not the thread's, so that asynchronous appenders see it and nothing is left to clean up.
 */
final class TraceMdc {
  private TraceMdc() {}

  static void put(ILoggingEvent event, Context context) {
    SpanContext span = Span.fromContext(context).getSpanContext();
    if (!span.isValid() || !(event instanceof LoggingEvent)) {
      return;
    }
    Map<String, String> ofThread = MDC.getCopyOfContextMap();
    Map<String, String> mdc = ofThread == null ? new HashMap<>() : new HashMap<>(ofThread);
    mdc.putIfAbsent("trace_id", span.getTraceId());
    mdc.putIfAbsent("span_id", span.getSpanId());
    mdc.putIfAbsent("trace_flags", span.getTraceFlags().asHex());
    try {
      ((LoggingEvent) event).setMDCPropertyMap(mdc);
    } catch (IllegalStateException alreadySet) {
      event.getMDCPropertyMap().putAll(mdc);
    }
  }
}
