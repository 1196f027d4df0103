package dev.sextant.log;

import java.util.Locale;

/** The levels that lines are counted by, least severe first. */
public enum Level {
  UNKNOWN,
  TRACE,
  DEBUG,
  INFO,
  WARN,
  ERROR,
  FATAL;

  /**
   * By OTLP's severity number (1 to 24, four to a level); where it is 0, by the words that loggers
   * use.
   */
  public static Level of(int severity, String text) {
    if (severity >= 1 && severity <= 24) {
      return values()[1 + (severity - 1) / 4];
    }
    return switch (text.toUpperCase(Locale.ROOT)) {
      case "TRACE", "FINEST", "FINER", "VERBOSE" -> TRACE;
      case "DEBUG", "FINE", "CONFIG" -> DEBUG;
      case "INFO", "INFORMATION", "INFORMATIONAL", "NOTICE" -> INFO;
      case "WARN", "WARNING" -> WARN;
      case "ERROR", "ERR", "SEVERE" -> ERROR;
      case "FATAL", "CRITICAL", "CRIT", "ALERT", "EMERG", "EMERGENCY", "PANIC" -> FATAL;
      default -> UNKNOWN;
    };
  }
}
