package dev.sextant.collector.otlp.metrics;

import dev.sextant.storage.otlp.ProtoReader;

/**
 * The head of a {@code Metric} message, and where its data lies; the fields may stand in any order.
 *
 * @param kind number of the data's field: 5 gauge, 7 sum, 9 histogram, 10 exponential histogram, 11
 *     summary, 0 none
 * @param from first byte of the data, an index into the reader's array
 * @param temporality 1 delta, 2 cumulative, 0 not said
 */
record Metric(
    String name,
    String description,
    String unit,
    int kind,
    int from,
    int to,
    int temporality,
    boolean monotonic) {
  static final int GAUGE = 5;
  static final int SUM = 7;
  static final int HISTOGRAM = 9;
  static final int EXPONENTIAL = 10;
  static final int SUMMARY = 11;

  private static final int DELTA = 1;
  private static final int CUMULATIVE = 2;

  /** Reads to the end of the message and once over its data's own fields. */
  static Metric read(ProtoReader reader) {
    String name = "";
    String description = "";
    String unit = "";
    int kind = 0;
    int from = 0;
    int to = 0;
    while (reader.next()) {
      switch (reader.field()) {
        case 1 -> name = reader.string();
        case 2 -> description = reader.string();
        case 3 -> unit = reader.string();
        case GAUGE, SUM, HISTOGRAM, EXPONENTIAL, SUMMARY -> {
          kind = reader.field();
          reader.delimited();
          from = reader.from();
          to = reader.to();
        }
        default -> reader.skip();
      }
    }
    reader.reset(from, to);
    int temporality = 0;
    boolean monotonic = false;
    while (reader.next()) {
      switch (reader.field()) {
        case 2 -> temporality = reader.varint32();
        case 3 -> monotonic = reader.varint() != 0;
        default -> reader.skip();
      }
    }
    return new Metric(name, description, unit, kind, from, to, temporality, monotonic);
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
