package dev.sextant.log;

import dev.sextant.storage.block.BlockSchema;
import java.util.List;

/** What blocks of log lines keep in columns; {@code docs/format/block.md} describes them. */
final class LogColumns {
  /** 0 where not sent. */
  static final int OBSERVED = 0;

  static final int SEVERITY = 1;

  /** {@link Level#ordinal()}. */
  static final int LEVEL = 2;

  static final int TRACE_HIGH = 3;
  static final int TRACE_LOW = 4;
  static final int SPAN = 5;

  static final int RESOURCE = 0;
  static final int SCOPE = 1;

  static final BlockSchema SCHEMA =
      new BlockSchema(
          "logs",
          List.of("observed", "severity", "level", "trace-high", "trace-low", "span"),
          List.of("resource", "scope"));

  /**
   * Fields of OTLP's log record that columns hold, so that payloads need not: times, severity
   * number and ids.
   */
  static final long IN_COLUMNS = 1 << 1 | 1 << 2 | 1 << 9 | 1 << 10 | 1 << 11;

  private LogColumns() {}
}
