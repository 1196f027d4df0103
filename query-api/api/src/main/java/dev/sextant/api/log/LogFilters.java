package dev.sextant.api.log;

import dev.sextant.api.http.ApiException;
import dev.sextant.api.http.Params;
import dev.sextant.log.Level;
import dev.sextant.log.LogFilter;
import dev.sextant.storage.otlp.SpanId;
import dev.sextant.storage.otlp.TraceId;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads a log search's parameters. */
final class LogFilters {
  private LogFilters() {}

  static LogFilter read(Params params) {
    try {
      return new LogFilter(
          Set.copyOf(params.all("service")),
          params.all("level").stream().map(LogFilters::level).collect(Collectors.toSet()),
          texts(params),
          params.text("traceId").map(TraceId::parse).orElse(null),
          params.text("spanId").map(SpanId::parse).orElse(0L),
          params.all("field").stream().map(LogFilters::field).toList());
    } catch (IllegalArgumentException e) {
      throw ApiException.badRequest(String.valueOf(e.getMessage()));
    }
  }

  private static List<LogFilter.Text> texts(Params params) {
    return params.all("text").stream()
        .map(text -> new LogFilter.Text(text, LogFilter.TextMatch.SUBSTRING))
        .toList();
  }

  private static Level level(String text) {
    try {
      return Level.valueOf(text.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw Params.bad("level", text, "one of unknown, trace, debug, info, warn, error, fatal");
    }
  }

  private static LogFilter.FieldEquals field(String text) {
    int equals = text.indexOf('=');
    if (equals < 1 || text.startsWith("!=")) {
      throw ApiException.badRequest(
          "parameter 'field' is '" + text + "'; write it as key=value or key!=value");
    }
    boolean negated = text.charAt(equals - 1) == '!';
    return new LogFilter.FieldEquals(
        text.substring(0, negated ? equals - 1 : equals), text.substring(equals + 1), negated);
  }
}
