package dev.sextant.api.zipkin;

import static dev.sextant.api.TestApi.NOW_MILLIS;

import java.util.List;
import zipkin2.Endpoint;
import zipkin2.Span;

/**
 * A shop's traces, a minute apart, the newest first by number. Trace 1 is a request whose call
 * shares its id with what it calls, trace 2 has an id of 128 bits and fails.
 */
final class Shop {
  static final long MINUTE = 60_000_000;
  static final long FIRST = NOW_MILLIS * 1000 - MINUTE;

  private Shop() {}

  static List<Span> first() {
    Span root = span("1", "1", FIRST, 9_000).kind(Span.Kind.SERVER).name("get /").build();
    Span client =
        span("1", "2", FIRST + 1000, 5_000)
            .parentId("1")
            .kind(Span.Kind.CLIENT)
            .name("get")
            .remoteEndpoint(endpoint("stock", "10.0.0.2", 8081))
            .addAnnotation(FIRST + 1100, "wire send")
            .putTag("http.method", "GET")
            .putTag("http.status_code", "200")
            .build();
    Span server =
        span("1", "2", FIRST + 2000, 3_000)
            .parentId("1")
            .kind(Span.Kind.SERVER)
            .name("get")
            .localEndpoint(endpoint("stock", "2001:db8::2", 0))
            .shared(true)
            .debug(true)
            .build();
    Span query =
        span("1", "3", FIRST + 3000, 1_500)
            .parentId("2")
            .name("select")
            .localEndpoint(endpoint("stock", "2001:db8::2", 0))
            .build();
    return List.of(root, client, server, query);
  }

  static List<Span> second() {
    return List.of(
        span("463ac35c9f6413ad48485a3953bb6124", "9", FIRST - MINUTE, 30_000)
            .kind(Span.Kind.SERVER)
            .name("post /orders")
            .putTag("error", "no route")
            .putTag("http.method", "POST")
            .putTag("http.status_code", "503")
            .build());
  }

  private static Span.Builder span(String trace, String id, long timestamp, long duration) {
    return Span.newBuilder()
        .traceId(trace)
        .id(id)
        .timestamp(timestamp)
        .duration(duration)
        .localEndpoint(endpoint("front", "10.0.0.1", 0));
  }

  private static Endpoint endpoint(String service, String ip, int port) {
    return Endpoint.newBuilder().serviceName(service).ip(ip).port(port).build();
  }
}
