package dev.sextant.agent.core.propagation;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.ContextKey;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.context.propagation.TextMapPropagator;
import io.opentelemetry.context.propagation.TextMapSetter;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.ReadableSpan;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * SkyWalking's headers: {@code sw8} as {@code sample-trace-segment-span-service-instance-endpoint-
 * address}, its texts in base64, and {@code sw8-correlation} as baggage. As SkyWalking's agents do,
 * nothing is written for a span that is not sampled.
 *
 * <p>See <a
 * href="https://skywalking.apache.org/docs/main/latest/en/api/x-process-propagation-headers-v3/">
 * SkyWalking Cross Process Propagation Headers Protocol v3</a>.
 */
final class SkyWalkingHeaders implements TextMapPropagator {
  private static final String HEADER = "sw8";
  private static final int PARTS = 8;

  /** In characters; names of services, instances and endpoints are in it. */
  private static final int LONGEST = 4_096;

  /** What stands where SkyWalking demands a text and there is none. */
  private static final String UNKNOWN = "-";

  /** The trace id as SkyWalking's agents know it, where it is not ours. */
  private static final ContextKey<String> TRACE = ContextKey.named("sextant-skywalking-trace");

  private static final AttributeKey<String> ADDRESS = AttributeKey.stringKey("server.address");
  private static final AttributeKey<Long> PORT = AttributeKey.longKey("server.port");

  private final String self;

  private SkyWalkingHeaders(String self) {
    this.self = self;
  }

  static SkyWalkingHeaders of(Resource self) {
    String service = self.getAttribute(AttributeKey.stringKey("service.name"));
    String instance = self.getAttribute(AttributeKey.stringKey("service.instance.id"));
    return new SkyWalkingHeaders(encoded(service) + "-" + encoded(instance));
  }

  @Override
  public Collection<String> fields() {
    return Arrays.asList(HEADER, Correlation.HEADER);
  }

  @Override
  public <C> void inject(Context context, @Nullable C carrier, TextMapSetter<C> setter) {
    Span span = Span.fromContext(context);
    SpanContext ids = span.getSpanContext();
    if (!ids.isValid() || !ids.isSampled()) {
      return;
    }
    String trace = context.get(TRACE);
    setter.set(
        carrier,
        HEADER,
        "1-"
            + encoded(trace == null ? ids.getTraceId() : trace)
            + "-"
            + encoded(SkyWalkingIds.segment(ids.getSpanId()))
            + "-0-"
            + self
            + "-"
            + encoded(span instanceof ReadableSpan ? ((ReadableSpan) span).getName() : null)
            + "-"
            + encoded(span instanceof ReadableSpan ? address((ReadableSpan) span) : null));
    Correlation.inject(context, carrier, setter);
  }

  private static @Nullable String address(ReadableSpan span) {
    String host = span.getAttribute(ADDRESS);
    Long port = span.getAttribute(PORT);
    return host == null || port == null ? host : host + ":" + port;
  }

  private static String encoded(@Nullable String text) {
    String some = text == null || text.isEmpty() ? UNKNOWN : text;
    return Base64.getEncoder().encodeToString(some.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public <C> Context extract(Context context, @Nullable C carrier, TextMapGetter<C> getter) {
    String header = getter.get(carrier, HEADER);
    if (header == null || header.length() > LONGEST) {
      return context;
    }
    String[] parts = header.split("-", PARTS);
    if (parts.length != PARTS) {
      return context;
    }
    String trace = decoded(parts[1]);
    String segment = decoded(parts[2]);
    int number = Integer.parseInt(parts[3]);
    if (trace.isEmpty() || segment.isEmpty() || number < 0) {
      return context;
    }
    SpanContext parent =
        SpanContext.createFromRemoteParent(
            SkyWalkingIds.trace(trace),
            SkyWalkingIds.span(segment, number),
            parts[0].equals("0") ? TraceFlags.getDefault() : TraceFlags.getSampled(),
            TraceState.getDefault());
    Context found = context.with(Span.wrap(parent));
    found = SkyWalkingIds.isOwnTrace(trace) ? found : found.with(TRACE, trace);
    return Correlation.extract(found, carrier, getter);
  }

  private static String decoded(String base64) {
    return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
  }
}
