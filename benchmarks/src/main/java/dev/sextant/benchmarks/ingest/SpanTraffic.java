package dev.sextant.benchmarks.ingest;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import java.nio.ByteBuffer;
import java.util.Random;

/**
 * OTLP exports of one service instance each, 512 spans as SDKs batch them. A trace has ten spans in
 * as many exports: through five services, each a server span and its call to the next, down to a
 * database.
 */
final class SpanTraffic implements Traffic {
  private static final int ROWS = 512;
  private static final int INSTANCES = 40;
  private static final int TRACE = 10;
  private static final String[] ROUTES = {
    "/orders/{id}", "/orders", "/items/{id}/stock", "/payments", "/customers/{id}/orders", "/search"
  };
  private static final String[] STATEMENTS = {
    "SELECT id, customer_id, total, state FROM orders WHERE id = ?",
    "SELECT sku, amount FROM stock WHERE sku IN (?, ?, ?) FOR UPDATE",
    "INSERT INTO payments (order_id, amount, currency, state) VALUES (?, ?, ?, ?)",
    "UPDATE orders SET state = ?, changed_at = now() WHERE id = ?"
  };

  @Override
  public String path() {
    return "/v1/traces";
  }

  @Override
  public int rows() {
    return ROWS;
  }

  @Override
  public byte[] request(long number) {
    Random random = new Random(number);
    long now = System.currentTimeMillis() * 1_000_000;
    ScopeSpans.Builder spans = ScopeSpans.newBuilder();
    for (int row = 0; row < ROWS; row++) {
      spans.addSpans(span(number * ROWS + row, now - random.nextInt(1_000_000_000), random));
    }
    return ExportTraceServiceRequest.newBuilder()
        .addResourceSpans(
            ResourceSpans.newBuilder()
                .setResource(Otlp.resource((int) (number / 2 % INSTANCES)))
                .addScopeSpans(spans))
        .build()
        .toByteArray();
  }

  private static Span span(long index, long end, Random random) {
    // Ten spans with one trace id come from ten requests of one row, as calls cross services.
    long trace = index / (ROWS * TRACE) * ROWS + index % ROWS;
    int depth = (int) (index / ROWS % TRACE);
    Span.Builder span =
        Span.newBuilder()
            .setTraceId(id(mix(trace), mix(~trace)))
            .setSpanId(id(mix(index)))
            .setStartTimeUnixNano(end - 200_000 - (long) (-Math.log(1 - random.nextDouble()) * 2e7))
            .setEndTimeUnixNano(end)
            .addAttributes(Otlp.number("thread.id", 30 + random.nextInt(200)))
            .addAttributes(Otlp.text("thread.name", "http-nio-8080-exec-" + random.nextInt(200)));
    if (depth > 0) {
      span.setParentSpanId(id(mix(index - ROWS)));
    }
    if (depth == TRACE - 1) {
      statement(span, random);
    } else if (depth % 2 == 0) {
      server(span, random);
    } else {
      client(span, random);
    }
    return span.build();
  }

  private static ByteString id(long value) {
    return ByteString.copyFrom(ByteBuffer.allocate(8).putLong(value).flip());
  }

  private static ByteString id(long high, long low) {
    return ByteString.copyFrom(ByteBuffer.allocate(16).putLong(high).putLong(low).flip());
  }

  private static void server(Span.Builder span, Random random) {
    String route = ROUTES[random.nextInt(ROUTES.length)];
    boolean failed = random.nextInt(100) == 0;
    span.setName("GET " + route)
        .setKind(Span.SpanKind.SPAN_KIND_SERVER)
        .addAttributes(Otlp.text("http.request.method", "GET"))
        .addAttributes(Otlp.text("http.route", route))
        .addAttributes(Otlp.text("url.path", route.replace("{id}", "" + random.nextInt(1_000_000))))
        .addAttributes(Otlp.text("url.scheme", "http"))
        .addAttributes(Otlp.number("http.response.status_code", failed ? 500 : 200))
        .addAttributes(Otlp.text("client.address", "10.2.3." + random.nextInt(256)))
        .addAttributes(Otlp.text("user_agent.original", "Java-http-client/25.0.1"));
    if (failed) {
      span.setStatus(Status.newBuilder().setCode(Status.StatusCode.STATUS_CODE_ERROR));
    }
  }

  private static void client(Span.Builder span, Random random) {
    String peer = Otlp.SERVICES[random.nextInt(Otlp.SERVICES.length)];
    span.setName("GET")
        .setKind(Span.SpanKind.SPAN_KIND_CLIENT)
        .addAttributes(Otlp.text("http.request.method", "GET"))
        .addAttributes(Otlp.text("server.address", peer + ".shop.svc"))
        .addAttributes(Otlp.number("server.port", 8080))
        .addAttributes(
            Otlp.text(
                "url.full", "http://" + peer + ".shop.svc:8080/items/" + random.nextInt(1_000_000)))
        .addAttributes(Otlp.number("http.response.status_code", 200));
  }

  private static void statement(Span.Builder span, Random random) {
    String statement = STATEMENTS[random.nextInt(STATEMENTS.length)];
    span.setName(statement.substring(0, 6) + " shop")
        .setKind(Span.SpanKind.SPAN_KIND_CLIENT)
        .addAttributes(Otlp.text("db.system.name", "postgresql"))
        .addAttributes(Otlp.text("db.namespace", "shop"))
        .addAttributes(Otlp.text("db.query.text", statement))
        .addAttributes(Otlp.text("server.address", "db-1.internal"))
        .addAttributes(Otlp.number("server.port", 5432));
  }

  /** The finaliser of SplitMix64 (Steele, Lea and Flood, 2014). */
  static long mix(long value) {
    long z = value + 0x9e3779b97f4a7c15L;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
