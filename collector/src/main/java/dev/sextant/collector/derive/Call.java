package dev.sextant.collector.derive;

import dev.sextant.metrics.model.Labels;
import dev.sextant.trace.Span;

/** What RED metrics tell apart. */
record Call(String service, String operation, String kind, String status) {
  static final String CALLS = "traces_spanmetrics_calls_total";
  static final String LATENCY = "traces_spanmetrics_latency";

  static Call of(String service, String operation, Span.Kind kind, Span.Status status) {
    return new Call(service, operation, "SPAN_KIND_" + kind, "STATUS_CODE_" + status);
  }

  static Call of(Labels labels) {
    return new Call(
        labels.get("service"),
        labels.get("span_name"),
        labels.get("span_kind"),
        labels.get("status_code"));
  }

  Labels labels(String name) {
    return Labels.of(
        Labels.NAME,
        name,
        "service",
        service,
        "span_name",
        operation,
        "span_kind",
        kind,
        "status_code",
        status);
  }
}
