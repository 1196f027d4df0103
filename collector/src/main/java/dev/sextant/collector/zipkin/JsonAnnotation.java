package dev.sextant.collector.zipkin;

import java.io.IOException;

/** An annotation while it is read from JSON; one of version 1 names its endpoint too. */
final class JsonAnnotation {
  long timestamp;
  String value = "";
  ZipkinEndpoint endpoint = ZipkinEndpoint.NONE;

  void field(JsonInput in, String name) throws IOException {
    switch (name) {
      case "timestamp" -> timestamp = in.whole();
      case "value" -> value = in.text();
      case "endpoint" -> endpoint = JsonEndpoint.read(in);
      default -> in.skip();
    }
  }

  /** Notes a problem where something is missing. */
  boolean isWhole(JsonInput in) {
    boolean whole = timestamp != 0 && !value.isEmpty();
    if (!whole) {
      in.problem("an annotation needs a timestamp and a value");
    }
    return whole;
  }
}
