package dev.sextant.agent.core.propagation;

import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.context.propagation.TextMapPropagator;
import io.opentelemetry.context.propagation.TextMapSetter;
import io.opentelemetry.extension.trace.propagation.B3Propagator;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * Zipkin's headers, as one ({@code b3}) or as several ({@code X-B3-TraceId} and others). Trace ids
 * of 64 bits become the lower half of ours. A caller may also say no more than whether to sample.
 *
 * <p>See <a href="https://github.com/openzipkin/b3-propagation">B3 Propagation</a>.
 */
final class B3Headers implements TextMapPropagator {
  static final B3Headers SINGLE = new B3Headers("b3", B3Propagator.injectingSingleHeader());
  static final B3Headers MULTI =
      new B3Headers("X-B3-TraceId", B3Propagator.injectingMultiHeaders());

  /** In characters; a whole {@code b3} has 69. */
  private static final int LONGEST = 128;

  private final String marker;
  private final B3Propagator codec;

  private B3Headers(String marker, B3Propagator codec) {
    this.marker = marker;
    this.codec = codec;
  }

  @Override
  public Collection<String> fields() {
    return codec.fields();
  }

  @Override
  public <C> void inject(Context context, @Nullable C carrier, TextMapSetter<C> setter) {
    codec.inject(context, carrier, setter);
  }

  @Override
  public <C> Context extract(Context context, @Nullable C carrier, TextMapGetter<C> getter) {
    String marked = getter.get(carrier, marker);
    if (marked != null && marked.length() <= LONGEST) {
      Context found = codec.extract(context, carrier, getter);
      if (found != context) {
        return found;
      }
    }
    String sampled = this == SINGLE ? marked : samplingState(carrier, getter);
    if (sampled == null) {
      return context;
    }
    switch (sampled) {
      case "0":
      case "false":
        return CallersDecision.in(context, false);
      case "1":
      case "true":
      case "d":
        return CallersDecision.in(context, true);
      default:
        return context;
    }
  }

  private static <C> @Nullable String samplingState(@Nullable C carrier, TextMapGetter<C> getter) {
    return "1".equals(getter.get(carrier, "X-B3-Flags"))
        ? "d"
        : getter.get(carrier, "X-B3-Sampled");
  }
}
