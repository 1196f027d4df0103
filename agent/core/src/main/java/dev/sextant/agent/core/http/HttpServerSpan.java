package dev.sextant.agent.core.http;

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
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * The SERVER span of one request, from the first layer that sees it; later layers find it in the
 * context and name its route. Ends once, whoever ends it first. Safe for use by several threads.
 */
public final class HttpServerSpan {
  /** Who names a route: a higher rank wins, of one rank the first, for errors are forwarded. */
  public enum RouteSource {
    SERVLET,
    GATEWAY,
    CONTROLLER
  }

  private static final ContextKey<HttpServerSpan> KEY = ContextKey.named("sextant-http-server");

  private final long startNanos = System.nanoTime();
  private final AtomicBoolean ended = new AtomicBoolean();
  private final String method;
  private final String scheme;
  private final @Nullable String protocolVersion;
  private final Span span;
  private final Context context;
  private @Nullable String route;
  private @Nullable RouteSource routeSource;
  private @Nullable Throwable error;

  private HttpServerSpan(String instrumentation, HttpServerRequest request) {
    this.method = HttpKeys.method(request.method());
    this.scheme = request.scheme();
    this.protocolVersion = request.protocolVersion();
    Context parent =
        Telemetry.propagator().extract(Context.root(), request, HttpServerHeaders.INSTANCE);
    SpanBuilder builder =
        Telemetry.tracer(instrumentation)
            .spanBuilder(HttpKeys.nameOf(method))
            .setParent(parent)
            .setSpanKind(SpanKind.SERVER);
    HttpServerHeaders.describe(builder, request, method);
    this.span = builder.startSpan();
    this.context = parent.with(span).with(KEY, this);
  }

  /** Starts the span of a request; its parent is the one the request's headers name. */
  public static HttpServerSpan start(String instrumentation, HttpServerRequest request) {
    return new HttpServerSpan(instrumentation, request);
  }

  /** The request that is being served in a context. */
  public static @Nullable HttpServerSpan in(Context context) {
    return context.get(KEY);
  }

  /** What is to be current while the request is served. */
  public Context context() {
    return context;
  }

  /**
   * Names the route.
   *
   * @param template with placeholders, such as {@code /orders/{id}}; null or empty is ignored
   */
  public synchronized void route(@Nullable String template, RouteSource source) {
    if (template == null || template.isEmpty() || ended.get()) {
      return;
    }
    if (routeSource == null || source.compareTo(routeSource) > 0) {
      routeSource = source;
      route = template;
      span.updateName(HttpKeys.nameOf(method) + " " + template);
    }
  }

  /** Remembers what went wrong; the first one counts. */
  public synchronized void error(@Nullable Throwable failure) {
    if (error == null && failure != null) {
      error = failure;
      span.recordException(failure);
    }
  }

  /**
   * Ends the span and records its duration.
   *
   * @param status zero or less if no answer was sent
   */
  public synchronized void end(int status) {
    if (!ended.compareAndSet(false, true)) {
      return;
    }
    String errorType = errorType(status);
    if (status > 0) {
      span.setAttribute(HttpKeys.STATUS, (long) status);
    }
    if (route != null) {
      span.setAttribute(HttpKeys.ROUTE, route);
    }
    if (errorType != null) {
      span.setAttribute(HttpKeys.ERROR_TYPE, errorType);
      span.setStatus(StatusCode.ERROR);
    }
    span.end();
    Durations.SERVER.record(
        (System.nanoTime() - startNanos) / 1e9, attributes(status, errorType), context);
  }

  private @Nullable String errorType(int status) {
    if (status > 0 && status < 500) {
      return null;
    }
    if (error != null) {
      return error.getClass().getName();
    }
    return status > 0 ? Integer.toString(status) : "connection_closed";
  }

  private Attributes attributes(int status, @Nullable String errorType) {
    AttributesBuilder attributes =
        Attributes.builder().put(HttpKeys.METHOD, method).put(HttpKeys.URL_SCHEME, scheme);
    if (route != null) {
      attributes.put(HttpKeys.ROUTE, route);
    }
    if (status > 0) {
      attributes.put(HttpKeys.STATUS, (long) status);
    }
    if (protocolVersion != null) {
      attributes.put(HttpKeys.PROTOCOL_VERSION, protocolVersion);
    }
    if (errorType != null) {
      attributes.put(HttpKeys.ERROR_TYPE, errorType);
    }
    return attributes.build();
  }

  private static final class Durations {
    static final DoubleHistogram SERVER = DurationHistogram.http("http.server.request.duration");
  }
}
