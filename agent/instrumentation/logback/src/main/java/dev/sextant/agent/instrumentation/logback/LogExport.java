package dev.sextant.agent.instrumentation.logback;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import dev.sextant.agent.core.telemetry.Telemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.logs.LogRecordBuilder;
import io.opentelemetry.api.logs.Severity;
import io.opentelemetry.context.Context;
import java.util.concurrent.TimeUnit;

/** Sends Logback's events as OTLP log records; the logger's name is the scope's. */
final class LogExport {
  private static final AttributeKey<String> THREAD = AttributeKey.stringKey("thread.name");
  private static final AttributeKey<String> ERROR_TYPE = AttributeKey.stringKey("exception.type");
  private static final AttributeKey<String> ERROR_TEXT =
      AttributeKey.stringKey("exception.message");
  private static final AttributeKey<String> ERROR_STACK =
      AttributeKey.stringKey("exception.stacktrace");

  private LogExport() {}

  static void emit(ILoggingEvent event, Context context) {
    LogRecordBuilder record =
        Telemetry.logs()
            .get(event.getLoggerName())
            .logRecordBuilder()
            .setTimestamp(event.getTimeStamp(), TimeUnit.MILLISECONDS)
            .setContext(context)
            .setSeverity(severity(event.getLevel()))
            .setSeverityText(event.getLevel().toString())
            .setAttribute(THREAD, event.getThreadName());
    String message = event.getFormattedMessage();
    if (message != null) {
      record.setBody(message);
    }
    IThrowableProxy error = event.getThrowableProxy();
    if (error != null) {
      record.setAttribute(ERROR_TYPE, error.getClassName());
      if (error.getMessage() != null) {
        record.setAttribute(ERROR_TEXT, error.getMessage());
      }
      record.setAttribute(ERROR_STACK, ThrowableProxyUtil.asString(error));
    }
    KeyValues.addTo(record, event);
    record.emit();
  }

  private static Severity severity(Level level) {
    switch (level.toInt()) {
      case Level.ERROR_INT:
        return Severity.ERROR;
      case Level.WARN_INT:
        return Severity.WARN;
      case Level.DEBUG_INT:
        return Severity.DEBUG;
      case Level.TRACE_INT:
        return Severity.TRACE;
      default:
        return Severity.INFO;
    }
  }
}
