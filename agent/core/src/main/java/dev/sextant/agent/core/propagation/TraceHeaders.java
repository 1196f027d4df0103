package dev.sextant.agent.core.propagation;

import io.opentelemetry.api.baggage.propagation.W3CBaggagePropagator;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.ContextKey;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.context.propagation.TextMapPropagator;
import io.opentelemetry.context.propagation.TextMapSetter;
import io.opentelemetry.sdk.resources.Resource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes the headers of all formats. Of the formats a request carries the first one with
 * a whole parent counts, in the order in which they are read; a header that is malformed or too
 * long counts as absent. A format costs a request that does not carry it one look-up.
 *
 * <p>Without a setting every format is read, W3C's first, and W3C's is written, beside those in
 * which the request that is being served named the same trace: services further on that speak such
 * a format alone stay in the trace, however many others lie between. With a setting exactly the
 * formats it lists are read, in its order, and written; of Zipkin's two both are read where either
 * is listed.
 *
 * <p>Safe for use by several threads.
 */
public final class TraceHeaders implements TextMapPropagator {
  /** What {@code otel.propagators} may list. */
  private static final String KNOWN = "tracecontext, baggage, b3, b3multi, jaeger, sw8, none";

  private static final ContextKey<List<TextMapPropagator>> ARRIVED =
      ContextKey.named("sextant-headers-arrived");
  private static final String BAGGAGE = "baggage";

  private final List<TextMapPropagator> read;
  private final List<TextMapPropagator> written;
  private final boolean answersInKind;
  private final boolean baggage;

  private TraceHeaders(
      Collection<TextMapPropagator> read,
      Collection<TextMapPropagator> written,
      boolean answersInKind,
      boolean baggage) {
    this.read = new ArrayList<>(read);
    this.written = new ArrayList<>(written);
    this.answersInKind = answersInKind;
    this.baggage = baggage;
  }

  /** Reads and writes nothing. */
  public static TraceHeaders none() {
    return new TraceHeaders(Collections.emptyList(), Collections.emptyList(), false, false);
  }

  /**
   * @param names what {@code otel.propagators} lists; empty if it is not set
   * @param self this process, as SkyWalking's header names it
   * @param complaints is told of each name that is not known, which is left out
   */
  public static TraceHeaders of(List<String> names, Resource self, Consumer<String> complaints) {
    Map<String, TextMapPropagator> formats = new LinkedHashMap<>();
    formats.put("tracecontext", W3CTraceContextPropagator.getInstance());
    formats.put("b3", B3Headers.SINGLE);
    formats.put("b3multi", B3Headers.MULTI);
    formats.put("jaeger", new JaegerHeaders());
    formats.put("sw8", SkyWalkingHeaders.of(self));
    return names.isEmpty()
        ? new TraceHeaders(
            formats.values(),
            Collections.singleton(W3CTraceContextPropagator.getInstance()),
            true,
            true)
        : listed(names, formats, complaints);
  }

  private static TraceHeaders listed(
      List<String> names, Map<String, TextMapPropagator> formats, Consumer<String> complaints) {
    if (names.contains("none")) {
      return none();
    }
    Set<TextMapPropagator> read = new LinkedHashSet<>();
    Set<TextMapPropagator> written = new LinkedHashSet<>();
    for (String name : names) {
      TextMapPropagator format = formats.get(name);
      if (format instanceof B3Headers) {
        Collections.addAll(read, B3Headers.SINGLE, B3Headers.MULTI);
      }
      if (format != null) {
        read.add(format);
        written.add(format);
      } else if (!name.equals(BAGGAGE)) {
        complaints.accept(
            "otel.propagators: '" + name + "' is none of " + KNOWN + " and is left out");
      }
    }
    return new TraceHeaders(read, written, false, names.contains(BAGGAGE));
  }

  /** The headers that are always written. */
  @Override
  public Collection<String> fields() {
    Set<String> fields = new LinkedHashSet<>();
    written.forEach(format -> fields.addAll(format.fields()));
    if (baggage) {
      fields.add(BAGGAGE);
    }
    return fields;
  }

  @Override
  public <C> void inject(Context context, @Nullable C carrier, TextMapSetter<C> setter) {
    inject(written, context, carrier, setter);
    List<TextMapPropagator> arrived = answersInKind ? context.get(ARRIVED) : null;
    if (arrived != null) {
      inject(arrived, context, carrier, setter);
    }
    if (baggage) {
      W3CBaggagePropagator.getInstance().inject(context, carrier, setter);
    }
  }

  private static <C> void inject(
      List<TextMapPropagator> formats,
      Context context,
      @Nullable C carrier,
      TextMapSetter<C> setter) {
    for (int i = 0; i < formats.size(); i++) {
      formats.get(i).inject(context, carrier, setter);
    }
  }

  @Override
  public <C> Context extract(Context context, @Nullable C carrier, TextMapGetter<C> getter) {
    Context found = context;
    Span parent = Span.getInvalid();
    List<TextMapPropagator> arrived = null;
    for (int i = 0; i < read.size() && (answersInKind || !isValid(parent)); i++) {
      TextMapPropagator format = read.get(i);
      Context next = extract(format, found, carrier, getter);
      Span named = Span.fromContext(next);
      if (next == found || isValid(parent) && !isOneTrace(parent, named)) {
        continue;
      }
      found = isValid(parent) ? next.with(parent) : next;
      parent = isValid(parent) ? parent : named;
      if (answersInKind && !written.contains(format)) {
        arrived = arrived == null ? new ArrayList<>(read.size()) : arrived;
        arrived.add(format);
      }
    }
    found = arrived == null ? found : found.with(ARRIVED, arrived);
    return baggage && getter.get(carrier, BAGGAGE) != null
        ? W3CBaggagePropagator.getInstance().extract(found, carrier, getter)
        : found;
  }

  private static boolean isValid(Span span) {
    return span.getSpanContext().isValid();
  }

  private static boolean isOneTrace(Span one, Span other) {
    return one.getSpanContext().getTraceId().equals(other.getSpanContext().getTraceId());
  }

  private static <C> Context extract(
      TextMapPropagator format, Context context, @Nullable C carrier, TextMapGetter<C> getter) {
    try {
      return format.extract(context, carrier, getter);
    } catch (IllegalArgumentException malformed) {
      return context;
    }
  }
}
