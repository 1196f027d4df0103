package dev.sextant.agent.core.propagation;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Headers of a request, whose names' case does not matter, and what was looked up in them. */
final class Carrier implements TextMapGetter<Carrier> {
  static final Resource SELF =
      Resource.builder().put("service.name", "shop").put("service.instance.id", "shop-1").build();

  final Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
  final List<String> lookups = new ArrayList<>();

  static Carrier of(String... pairs) {
    Carrier carrier = new Carrier();
    for (int i = 0; i < pairs.length; i += 2) {
      carrier.headers.put(pairs[i], pairs[i + 1]);
    }
    return carrier;
  }

  @Override
  public Iterable<String> keys(Carrier carrier) {
    lookups.add("all names");
    return headers.keySet();
  }

  @Override
  public @Nullable String get(@Nullable Carrier carrier, String name) {
    lookups.add(name);
    return headers.get(name);
  }

  Context readBy(TraceHeaders format) {
    return format.extract(Context.root(), this, this);
  }

  /** {@code trace-span-sampled} of the parent, null where there is none. */
  @Nullable String parent(String... propagators) {
    return parent(readBy(headers(propagators)));
  }

  static TraceHeaders headers(String... propagators) {
    return TraceHeaders.of(List.of(propagators), SELF, line -> {});
  }

  static @Nullable String parent(Context context) {
    SpanContext span = Span.fromContext(context).getSpanContext();
    return span.isValid()
        ? span.getTraceId() + "-" + span.getSpanId() + "-" + (span.isSampled() ? 1 : 0)
        : null;
  }

  /** Tracers without a processor of spans make none. */
  static SdkTracerProvider provider(Sampler sampler) {
    return SdkTracerProvider.builder()
        .setSampler(sampler)
        .addSpanProcessor(
            new SpanProcessor() {
              @Override
              public void onStart(Context parent, ReadWriteSpan span) {}

              @Override
              public boolean isStartRequired() {
                return true;
              }

              @Override
              public void onEnd(ReadableSpan span) {}

              @Override
              public boolean isEndRequired() {
                return false;
              }
            })
        .build();
  }

  /** What a request has that is sent under a context. */
  static Map<String, String> sent(TraceHeaders format, Context context) {
    Map<String, String> headers = new TreeMap<>();
    format.inject(context, headers, Map::put);
    return headers;
  }
}
