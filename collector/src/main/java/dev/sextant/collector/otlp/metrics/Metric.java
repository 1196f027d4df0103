package dev.sextant.collector.otlp.metrics;

import dev.sextant.storage.otlp.ProtoReader;

/**
 * A {@code Metric} message walked without decoding its texts, and where its data lies; the fields
 * may stand in any order. Set again for each; for one thread.
 */
final class Metric {
  static final int GAUGE = 5;
  static final int SUM = 7;
  static final int HISTOGRAM = 9;
  static final int EXPONENTIAL = 10;
  static final int SUMMARY = 11;

  private static final int DELTA = 1;
  private static final int CUMULATIVE = 2;

  private final ProtoReader scan;
  private int messageFrom;
  private int messageTo;
  private int textsTo;
  private boolean textsInARow;
  private int kind;
  private int from;
  private int to;
  private int temporality;
  private boolean monotonic;
  private String name = "";
  private String description = "";
  private String unit = "";

  /**
   * @param scan a reader over the request's bytes, for this alone
   */
  Metric(ProtoReader scan) {
    this.scan = scan;
  }

  /** Walks a message and once over its data's own fields. */
  void read(int newFrom, int newTo) {
    messageFrom = newFrom;
    messageTo = newTo;
    textsTo = newFrom;
    textsInARow = true;
    kind = 0;
    from = 0;
    to = 0;
    temporality = 0;
    monotonic = false;
    scan.reset(newFrom, newTo);
    for (int at = newFrom; scan.next(); at = scan.position()) {
      switch (scan.field()) {
        case 1, 2, 3 -> {
          scan.delimited();
          textsInARow &= at == textsTo;
          textsTo = scan.to();
        }
        case GAUGE, SUM, HISTOGRAM, EXPONENTIAL, SUMMARY -> {
          kind = scan.field();
          scan.delimited();
          from = scan.from();
          to = scan.to();
        }
        default -> scan.skip();
      }
    }
    scan.reset(from, to);
    while (scan.next()) {
      switch (scan.field()) {
        case 2 -> temporality = scan.varint32();
        case 3 -> monotonic = scan.varint() != 0;
        default -> scan.skip();
      }
    }
  }

  /** Decodes name, description and unit of the message that was read last. */
  Metric decode() {
    name = "";
    description = "";
    unit = "";
    scan.reset(messageFrom, messageTo);
    while (scan.next()) {
      switch (scan.field()) {
        case 1 -> name = scan.string();
        case 2 -> description = scan.string();
        case 3 -> unit = scan.string();
        default -> scan.skip();
      }
    }
    return this;
  }

  /** Whether name, description and unit are the first fields, with nothing between them. */
  boolean textsInARow() {
    return textsInARow;
  }

  /** First byte of the message, an index into the reader's array. */
  int messageFrom() {
    return messageFrom;
  }

  /** The byte after the texts, where they are in a row. */
  int textsTo() {
    return textsTo;
  }

  /** All that matters of the metric beside its texts, as one number. */
  int traits() {
    int told = temporality == DELTA || temporality == CUMULATIVE ? temporality : 0;
    return kind << 3 | told << 1 | (monotonic ? 1 : 0);
  }

  /**
   * Number of the data's field: 5 gauge, 7 sum, 9 histogram, 10 exponential histogram, 11 summary,
   * 0 none.
   */
  int kind() {
    return kind;
  }

  /** First byte of the data, an index into the reader's array. */
  int from() {
    return from;
  }

  int to() {
    return to;
  }

  /** As {@link #decode} found it; likewise the description and the unit. */
  String name() {
    return name;
  }

  String description() {
    return description;
  }

  String unit() {
    return unit;
  }

  boolean isCounter() {
    return kind == SUM && monotonic;
  }

  /** Why no point of the metric can be kept, or the empty string. */
  String objection() {
    if (name.isEmpty()) {
      return "a metric has no name";
    }
    boolean temporal = kind == SUM || kind == HISTOGRAM || kind == EXPONENTIAL;
    if (temporal && temporality != CUMULATIVE) {
      return "metric "
          + name
          + " has "
          + (temporality == DELTA ? "delta" : "no")
          + " aggregation temporality; only cumulative is taken: set"
          + " OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE=cumulative at the sender";
    }
    return "";
  }

  /** The type in Prometheus' words. */
  String type() {
    return switch (kind) {
      case SUM -> monotonic ? "counter" : "gauge";
      case HISTOGRAM, EXPONENTIAL -> "histogram";
      case SUMMARY -> "summary";
      default -> "gauge";
    };
  }

  /** The family's name in Prometheus' words. */
  String family() {
    return MetricNames.of(name, unit, isCounter(), type().equals("gauge"));
  }
}
