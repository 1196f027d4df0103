package dev.sextant.collector.zipkin;

import java.io.IOException;

/** An endpoint while it is read from JSON. */
final class JsonEndpoint {
  private final JsonInput in;
  private String service = "";
  private String ipv4 = "";
  private String ipv6 = "";
  private long port;

  private JsonEndpoint(JsonInput in) {
    this.in = in;
  }

  static ZipkinEndpoint read(JsonInput in) throws IOException {
    JsonEndpoint endpoint = new JsonEndpoint(in);
    in.object(endpoint::field);
    return ZipkinEndpoint.of(
        endpoint.service,
        endpoint.ipv4,
        endpoint.ipv6,
        (int) Math.min(endpoint.port, Integer.MAX_VALUE));
  }

  private void field(String name) throws IOException {
    switch (name) {
      case "serviceName" -> service = in.text();
      case "ipv4" -> ipv4 = in.text();
      case "ipv6" -> ipv6 = in.text();
      case "port" -> port = in.whole();
      default -> in.skip();
    }
  }
}
