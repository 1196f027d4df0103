package dev.sextant.trace;

import dev.sextant.storage.block.BlockSchema;
import java.util.List;

/** What blocks of spans keep in columns; {@code docs/format/block.md} describes them. */
final class SpanColumns {
  static final int TRACE_HIGH = 0;
  static final int TRACE_LOW = 1;
  static final int SPAN = 2;
  static final int PARENT = 3;

  /** End minus start, which may be negative. */
  static final int LENGTH = 4;

  static final int KIND = 5;
  static final int STATUS = 6;

  static final int RESOURCE = 0;
  static final int SCOPE = 1;
  static final int NAME = 2;

  static final BlockSchema SCHEMA =
      new BlockSchema(
          "traces",
          List.of("trace-high", "trace-low", "span", "parent", "length", "kind", "status"),
          List.of("resource", "scope", "name"));

  /**
   * Fields of OTLP's span that columns hold, so that payloads need not: ids, name, kind and times.
   */
  static final long IN_COLUMNS = 1 << 1 | 1 << 2 | 1 << 4 | 1 << 5 | 1 << 6 | 1 << 7 | 1 << 8;

  private SpanColumns() {}
}
