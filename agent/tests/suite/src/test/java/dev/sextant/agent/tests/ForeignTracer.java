package dev.sextant.agent.tests;

import brave.Tracing;
import brave.handler.SpanHandler;
import brave.propagation.B3Propagation;
import brave.propagation.B3Propagation.Format;
import brave.propagation.TraceContext;
import io.jaegertracing.internal.JaegerSpan;
import io.jaegertracing.internal.JaegerSpanContext;
import io.jaegertracing.internal.JaegerTracer;
import io.jaegertracing.internal.reporters.InMemoryReporter;
import io.jaegertracing.internal.samplers.ConstSampler;
import io.opentracing.propagation.Format.Builtin;
import io.opentracing.propagation.TextMapAdapter;
import java.util.HashMap;
import java.util.Map;

/** Tracers of others, as clients and as servers. Spans are named {@code trace-span}. */
enum ForeignTracer {
  BRAVE {
    @Override
    String call(Map<String, String> headers) {
      return brave(Format.SINGLE, true, headers);
    }

    @Override
    String caller(Map<String, String> headers) {
      return calledByBrave(headers);
    }
  },

  /** Several headers, and trace ids of 64 bits. */
  OLDER_BRAVE {
    @Override
    String call(Map<String, String> headers) {
      return brave(Format.MULTI, false, headers);
    }

    @Override
    String caller(Map<String, String> headers) {
      return calledByBrave(headers);
    }
  },

  JAEGER {
    @Override
    String call(Map<String, String> headers) {
      return jaeger(new JaegerTracer.Builder("front").withTraceId128Bit(), headers);
    }

    @Override
    String caller(Map<String, String> headers) {
      return calledByJaeger(headers);
    }
  },

  /** Trace ids of 64 bits. */
  OLDER_JAEGER {
    @Override
    String call(Map<String, String> headers) {
      return jaeger(new JaegerTracer.Builder("front"), headers);
    }

    @Override
    String caller(Map<String, String> headers) {
      return calledByJaeger(headers);
    }
  };

  /** What Jaeger's clients take along. */
  static final String BAGGAGE = "Jürgen & Söhne";

  /** Starts a span for a call and writes the call's headers. */
  abstract String call(Map<String, String> headers);

  /** The span that a served request's headers name. */
  abstract String caller(Map<String, String> headers);

  private static Tracing.Builder brave(Format format) {
    return Tracing.newBuilder()
        .localServiceName("front")
        .addSpanHandler(new SpanHandler() {})
        .propagationFactory(
            B3Propagation.newFactoryBuilder()
                .injectFormat(format)
                .injectFormat(brave.Span.Kind.CLIENT, format)
                .build());
  }

  private static String brave(Format format, boolean ids128, Map<String, String> headers) {
    try (Tracing tracing = brave(format).traceId128Bit(ids128).build()) {
      brave.Span span = tracing.tracer().newTrace().kind(brave.Span.Kind.CLIENT).start();
      TraceContext.Injector<Map<String, String>> injector =
          tracing.propagation().injector(Map::put);
      injector.inject(span.context(), headers);
      span.finish();
      return padded(span.context().traceIdString()) + "-" + span.context().spanIdString();
    }
  }

  /** A server of Brave's joins the client's span: both have one id. */
  private static String calledByBrave(Map<String, String> headers) {
    try (Tracing tracing = brave(Format.SINGLE).build()) {
      TraceContext.Extractor<Map<String, String>> extractor =
          tracing.propagation().extractor(Map::get);
      TraceContext joined =
          tracing.tracer().joinSpan(extractor.extract(headers).context()).context();
      return padded(joined.traceIdString()) + "-" + joined.spanIdString();
    }
  }

  private static JaegerTracer tracer(JaegerTracer.Builder builder) {
    return builder.withSampler(new ConstSampler(true)).withReporter(new InMemoryReporter()).build();
  }

  private static String jaeger(JaegerTracer.Builder builder, Map<String, String> headers) {
    try (JaegerTracer tracer = tracer(builder)) {
      JaegerSpan span = tracer.buildSpan("call").start();
      span.setBaggageItem("company", BAGGAGE);
      tracer.inject(span.context(), Builtin.HTTP_HEADERS, new TextMapAdapter(headers));
      span.finish();
      return named(span.context());
    }
  }

  private static String calledByJaeger(Map<String, String> headers) {
    try (JaegerTracer tracer = tracer(new JaegerTracer.Builder("back"))) {
      JaegerSpanContext caller =
          tracer.extract(Builtin.HTTP_HEADERS, new TextMapAdapter(new HashMap<>(headers)));
      String baggage =
          tracer.buildSpan("served").asChildOf(caller).start().getBaggageItem("company");
      return BAGGAGE.equals(baggage) ? named(caller) : named(caller) + " baggage " + baggage;
    }
  }

  private static String named(JaegerSpanContext context) {
    return padded(context.getTraceId()) + "-" + "%016x".formatted(context.getSpanId());
  }

  private static String padded(String trace) {
    return "0".repeat(32 - trace.length()) + trace;
  }
}
