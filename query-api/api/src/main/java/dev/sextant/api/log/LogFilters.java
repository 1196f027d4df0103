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

  /**
   * @param substrings whether text may be looked for anywhere in a line, where the request does not
   *     say how
   */
  static LogFilter read(Params params, boolean substrings) {
    return new LogFilter(
        Set.copyOf(params.all("service")),
        params.all("level").stream().map(LogFilters::level).collect(Collectors.toSet()),
        texts(params, substrings),
        params.text("traceId").map(LogFilters::traceId).orElse(null),
        params.text("spanId").map(LogFilters::spanId).orElse(0L),
        params.all("field").stream().map(LogFilters::field).toList());
  }

  private static List<LogFilter.Text> texts(Params params, boolean substrings) {
    LogFilter.TextMatch match =
        switch (params.text("match").orElse(substrings ? "substring" : "words")) {
          case "substring" -> LogFilter.TextMatch.SUBSTRING;
          case "words" -> LogFilter.TextMatch.WORDS;
          default -> throw Params.bad("match", params.required("match"), "substring or words");
        };
    return params.all("text").stream().map(text -> new LogFilter.Text(text, match)).toList();
  }

  private static Level level(String text) {
    try {
      return Level.valueOf(text.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw Params.bad("level", text, "one of unknown, trace, debug, info, warn, error, fatal");
    }
  }

  private static TraceId traceId(String hex) {
    try {
      return TraceId.parse(hex);
    } catch (IllegalArgumentException e) {
      throw Params.bad("traceId", hex, "1 to 32 hexadecimal digits");
    }
  }

  private static long spanId(String hex) {
    try {
      return SpanId.parse(hex);
    } catch (IllegalArgumentException e) {
      throw Params.bad("spanId", hex, "1 to 16 hexadecimal digits");
    }
  }

  private static LogFilter.FieldEquals field(String text) {
    int equals = text.indexOf('=');
    if (equals < 1 || text.startsWith("!=")) {
      throw ApiException.badRequest(
          "parameter 'field' is '" + Params.shown(text) + "'; write it as key=value or key!=value");
    }
    boolean negated = text.charAt(equals - 1) == '!';
    return new LogFilter.FieldEquals(
        text.substring(0, negated ? equals - 1 : equals), text.substring(equals + 1), negated);
  }
}
