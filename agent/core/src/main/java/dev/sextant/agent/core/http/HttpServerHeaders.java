package dev.sextant.agent.core.http;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.context.propagation.TextMapGetter;
import org.jspecify.annotations.Nullable;

/** What a server span takes from its request's line and headers. */
final class HttpServerHeaders implements TextMapGetter<HttpServerRequest> {
  static final HttpServerHeaders INSTANCE = new HttpServerHeaders();

  private HttpServerHeaders() {}

  @Override
  public Iterable<String> keys(HttpServerRequest request) {
    return request.headerNames();
  }

  @Override
  public @Nullable String get(@Nullable HttpServerRequest request, String name) {
    return request == null ? null : request.header(name);
  }

  static void describe(SpanBuilder span, HttpServerRequest request, String method) {
    span.setAttribute(HttpKeys.METHOD, method);
    if (method.equals(HttpKeys.OTHER)) {
      span.setAttribute(HttpKeys.METHOD_ORIGINAL, request.method());
    }
    span.setAttribute(HttpKeys.URL_SCHEME, request.scheme());
    span.setAttribute(HttpKeys.URL_PATH, request.path());
    put(span, HttpKeys.URL_QUERY, Redaction.query(request.query()));
    put(span, HttpKeys.PROTOCOL_VERSION, request.protocolVersion());
    put(span, HttpKeys.USER_AGENT, request.header("user-agent"));
    String peer = request.peerAddress();
    put(span, HttpKeys.PEER_ADDRESS, peer);
    if (request.peerPort() > 0) {
      span.setAttribute(HttpKeys.PEER_PORT, (long) request.peerPort());
    }
    put(span, HttpKeys.CLIENT_ADDRESS, client(request.header("x-forwarded-for"), peer));
    Authority server = Authority.parse(request.header("host"));
    if (server != null) {
      span.setAttribute(HttpKeys.SERVER_ADDRESS, server.host);
      int port = server.port > 0 ? server.port : Authority.defaultPort(request.scheme());
      span.setAttribute(HttpKeys.SERVER_PORT, (long) port);
    }
  }

  private static @Nullable String client(@Nullable String forwardedFor, @Nullable String peer) {
    if (forwardedFor == null || forwardedFor.trim().isEmpty()) {
      return peer;
    }
    return forwardedFor.split(",", 2)[0].trim();
  }

  private static void put(SpanBuilder span, AttributeKey<String> key, @Nullable String value) {
    if (value != null && !value.isEmpty()) {
      span.setAttribute(key, value);
    }
  }
}
