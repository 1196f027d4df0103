package dev.sextant.collector.otlp;

import dev.sextant.collector.otlp.json.OtlpJson;

/** OTLP's signals, with the names that its protocols give them. */
enum Signal {
  TRACES("traces", "trace.v1.TraceService", "rejectedSpans", OtlpJson.Request.TRACES),
  METRICS("metrics", "metrics.v1.MetricsService", "rejectedDataPoints", OtlpJson.Request.METRICS),
  LOGS("logs", "logs.v1.LogsService", "rejectedLogRecords", OtlpJson.Request.LOGS);

  private final String path;
  private final String service;
  private final String rejectedName;
  private final OtlpJson.Request json;

  Signal(String path, String service, String rejectedName, OtlpJson.Request json) {
    this.path = path;
    this.service = service;
    this.rejectedName = rejectedName;
    this.json = json;
  }

  /** Where the signal is posted over HTTP. */
  String httpPath() {
    return "/v1/" + path;
  }

  /** The path of the signal's one gRPC method. */
  String grpcPath() {
    return "/opentelemetry.proto.collector." + service + "/Export";
  }

  /** Name of the partial success's count in JSON; its number on the wire is 1 for all. */
  String rejectedName() {
    return rejectedName;
  }

  OtlpJson.Request json() {
    return json;
  }
}
