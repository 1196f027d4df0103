package dev.sextant.api.tempo;

import static dev.sextant.api.TestApi.NOW_MILLIS;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.ArrayValue;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Span.SpanKind;
import io.opentelemetry.proto.trace.v1.Status;
import io.opentelemetry.proto.trace.v1.TracesData;
import java.nio.ByteBuffer;

/**
 * Traces 1 to 3 of a shop, each a gateway's root, its call, the call's answer in orders and a query
 * of a database, ten minutes apart; the third fails. Trace 4 is a span whose root is missing, trace
 * 5 is three hours old.
 */
public final class ShopTraces {
  static final long SECOND = 1_000_000_000L;
  static final long MILLI = 1_000_000L;

  private ShopTraces() {}

  /** When a trace starts, in nanoseconds since the epoch. */
  public static long start(int trace) {
    long seconds =
        switch (trace) {
          case 4 -> 300;
          case 5 -> 3 * 3600;
          default -> (4 - trace) * 600L;
        };
    return (NOW_MILLIS / 1000 - seconds) * SECOND;
  }

  /** As {@link #start(int)}, in seconds. */
  static long second(int trace) {
    return start(trace) / SECOND;
  }

  public static TracesData all() {
    TracesData.Builder all = TracesData.newBuilder();
    for (int trace = 1; trace <= 3; trace++) {
      all.addResourceSpans(gateway(trace)).addResourceSpans(orders(trace));
    }
    return all.addResourceSpans(orphan()).addResourceSpans(old()).build();
  }

  static ByteString traceId(int trace) {
    return ByteString.copyFrom(ByteBuffer.allocate(16).putLong(0).putLong(0xabc0 + trace).flip());
  }

  static ByteString spanId(long span) {
    return ByteString.copyFrom(ByteBuffer.allocate(8).putLong(span).flip());
  }

  static KeyValue text(String key, String value) {
    return attribute(key, AnyValue.newBuilder().setStringValue(value));
  }

  static KeyValue number(String key, long value) {
    return attribute(key, AnyValue.newBuilder().setIntValue(value));
  }

  private static KeyValue attribute(String key, AnyValue.Builder value) {
    return KeyValue.newBuilder().setKey(key).setValue(value).build();
  }

  /** A span that begins so many milliseconds after its trace and lasts so many. */
  private static Span.Builder span(
      int trace, long id, long parent, String name, SpanKind kind, long after, long lasts) {
    Span.Builder span =
        Span.newBuilder()
            .setTraceId(traceId(trace))
            .setSpanId(spanId(id))
            .setName(name)
            .setKind(kind)
            .setStartTimeUnixNano(start(trace) + after * MILLI)
            .setEndTimeUnixNano(start(trace) + (after + lasts) * MILLI);
    return parent == 0 ? span : span.setParentSpanId(spanId(parent));
  }

  private static ResourceSpans.Builder resource(String service, Span.Builder... spans) {
    ScopeSpans.Builder scope =
        ScopeSpans.newBuilder()
            .setScope(
                InstrumentationScope.newBuilder()
                    .setName("io.shop.http")
                    .setVersion("1.4")
                    .addAttributes(text("lib.language", "java")));
    for (Span.Builder span : spans) {
      scope.addSpans(span);
    }
    return ResourceSpans.newBuilder()
        .setResource(
            Resource.newBuilder()
                .addAttributes(text("service.name", service))
                .addAttributes(text("host.name", "host-" + service)))
        .addScopeSpans(scope);
  }

  private static Status failed(String message) {
    return Status.newBuilder()
        .setCode(Status.StatusCode.STATUS_CODE_ERROR)
        .setMessage(message)
        .build();
  }

  private static ResourceSpans.Builder gateway(int trace) {
    Span.Builder root =
        span(trace, 1, 0, "GET /orders", SpanKind.SPAN_KIND_SERVER, 0, trace * 100L)
            .addAttributes(number("http.status_code", trace == 3 ? 500 : 200))
            .addAttributes(text("user id", "u" + trace))
            .addAttributes(attribute("vip", AnyValue.newBuilder().setBoolValue(trace == 2)));
    if (trace == 3) {
      root.setStatus(failed("no stock"));
    }
    Span.Builder call =
        span(trace, 2, 1, "POST", SpanKind.SPAN_KIND_CLIENT, 10, 60)
            .addAttributes(text("peer.service", "orders"));
    return resource("gateway", root, call);
  }

  private static ResourceSpans.Builder orders(int trace) {
    Span.Builder answer =
        span(trace, 3, 2, "create", SpanKind.SPAN_KIND_SERVER, 20, 40)
            .addAttributes(number("items", trace))
            .addAttributes(
                attribute(
                    "skus",
                    AnyValue.newBuilder()
                        .setArrayValue(
                            ArrayValue.newBuilder()
                                .addValues(AnyValue.newBuilder().setStringValue("pen"))
                                .addValues(AnyValue.newBuilder().setStringValue("ink")))));
    if (trace == 3) {
      answer
          .setStatus(failed("sold out"))
          .addEvents(
              Span.Event.newBuilder()
                  .setTimeUnixNano(start(trace) + 30 * MILLI)
                  .setName("exception")
                  .addAttributes(text("exception.type", "SoldOut")))
          .addLinks(
              Span.Link.newBuilder()
                  .setTraceId(traceId(1))
                  .setSpanId(spanId(3))
                  .addAttributes(text("why", "retry")));
    }
    Span.Builder query =
        span(trace, 4, 3, "SELECT", SpanKind.SPAN_KIND_CLIENT, 25, 5 * trace)
            .addAttributes(text("db.system", "h2"))
            .addAttributes(
                attribute("db.ratio", AnyValue.newBuilder().setDoubleValue(trace / 2.0)));
    return resource("orders", answer, query);
  }

  private static ResourceSpans.Builder orphan() {
    return resource("mailer", span(4, 7, 99, "send", SpanKind.SPAN_KIND_CONSUMER, 0, 1));
  }

  private static ResourceSpans.Builder old() {
    return resource(
        "archive",
        span(5, 8, 0, "pack", SpanKind.SPAN_KIND_INTERNAL, 0, 1)
            .addAttributes(text("only.old", "yes"))
            .addAttributes(text("path/of", "slash")));
  }
}
