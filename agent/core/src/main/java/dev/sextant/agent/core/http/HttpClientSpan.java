package dev.sextant.agent.core.http;

import dev.sextant.agent.core.context.Suppression;
import dev.sextant.agent.core.telemetry.Telemetry;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.metrics.DoubleHistogram;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.ContextKey;
import io.opentelemetry.context.propagation.TextMapSetter;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * The CLIENT span of one outgoing request. Clients stand on clients: where one is under way in the
 * context, an inner one starts none. Ends once; safe for use by several threads.
 */
public final class HttpClientSpan {
  private static final ContextKey<HttpClientSpan> KEY = ContextKey.named("sextant-http-client");
  private static final TextMapSetter<HttpClientRequest> HEADERS =
      (request, name, value) -> {
        if (request != null) {
          request.setHeader(name, value);
        }
      };

  private final long startNanos = System.nanoTime();
  private final AtomicBoolean ended = new AtomicBoolean();
  private final String method;
  private final @Nullable String host;
  private final int port;
  private final Span span;
  private final Context context;

  private HttpClientSpan(String instrumentation, Context parent, HttpClientRequest request) {
    this.method = HttpKeys.method(request.method());
    this.host = request.host();
    String url = request.url();
    this.port =
        request.port() > 0
            ? request.port()
            : Authority.defaultPort(url.startsWith("https") ? "https" : "http");
    SpanBuilder builder =
        Telemetry.tracer(instrumentation)
            .spanBuilder(HttpKeys.nameOf(method))
            .setParent(parent)
            .setSpanKind(SpanKind.CLIENT)
            .setAttribute(HttpKeys.METHOD, method)
            .setAttribute(HttpKeys.URL_FULL, Redaction.url(url))
            .setAttribute(HttpKeys.SERVER_PORT, (long) port);
    if (host != null) {
      builder.setAttribute(HttpKeys.SERVER_ADDRESS, host);
    }
    if (method.equals(HttpKeys.OTHER)) {
      builder.setAttribute(HttpKeys.METHOD_ORIGINAL, request.method());
    }
    this.span = builder.startSpan();
    this.context = parent.with(span).with(KEY, this);
  }

  /**
   * Starts a span and writes its context into the request's headers.
   *
   * @return null if an outer client has this request already, or the agent itself sends it
   */
  public static @Nullable HttpClientSpan start(
      String instrumentation, Context parent, HttpClientRequest request) {
    if (Suppression.isActive(parent) || parent.get(KEY) != null) {
      return null;
    }
    HttpClientSpan started = new HttpClientSpan(instrumentation, parent, request);
    Telemetry.propagator().inject(started.context, request, HEADERS);
    return started;
  }

  /** Current while the client works, so that clients below it start no second span. */
  public Context context() {
    return context;
  }

  /**
   * Ends the span and records its duration.
   *
   * @param status zero or less if there was no answer
   * @param error what the client threw, if it did
   */
  public void end(int status, @Nullable Throwable error) {
    if (!ended.compareAndSet(false, true)) {
      return;
    }
    String errorType = null;
    if (error != null) {
      errorType = error.getClass().getName();
      span.recordException(error);
    } else if (status >= 400) {
      errorType = Integer.toString(status);
    } else if (status <= 0) {
      errorType = "no_response";
    }
    if (status > 0) {
      span.setAttribute(HttpKeys.STATUS, (long) status);
    }
    if (errorType != null) {
      span.setAttribute(HttpKeys.ERROR_TYPE, errorType);
      span.setStatus(StatusCode.ERROR);
    }
    span.end();
    Durations.CLIENT.record(
        (System.nanoTime() - startNanos) / 1e9, attributes(status, errorType), context);
  }

  private Attributes attributes(int status, @Nullable String errorType) {
    AttributesBuilder attributes =
        Attributes.builder().put(HttpKeys.METHOD, method).put(HttpKeys.SERVER_PORT, (long) port);
    if (host != null) {
      attributes.put(HttpKeys.SERVER_ADDRESS, host);
    }
    if (status > 0) {
      attributes.put(HttpKeys.STATUS, (long) status);
    }
    if (errorType != null) {
      attributes.put(HttpKeys.ERROR_TYPE, errorType);
    }
    return attributes.build();
  }

  private static final class Durations {
    static final DoubleHistogram CLIENT = DurationHistogram.http("http.client.request.duration");
  }
}
