package dev.sextant.agent.instrumentation.apachehttpclient5;

import dev.sextant.agent.core.context.OpenScope;
import dev.sextant.agent.core.http.HttpClientRequest;
import dev.sextant.agent.core.http.HttpClientSpan;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.net.URIAuthority;
import org.jspecify.annotations.Nullable;

/** One call of {@code doExecute}. */
final class Execution {
  private final HttpClientSpan span;
  private final Scope scope;

  private Execution(HttpClientSpan span) {
    this.span = span;
    this.scope = OpenScope.of(span.context());
  }

  static @Nullable Execution begin(@Nullable HttpHost target, ClassicHttpRequest request) {
    HttpClientSpan span =
        HttpClientSpan.start(
            "apache-httpclient-5", Context.current(), new Outgoing(target, request));
    return span == null ? null : new Execution(span);
  }

  void end(@Nullable Object response, @Nullable Throwable thrown) {
    scope.close();
    int status = response instanceof HttpResponse ? ((HttpResponse) response).getCode() : 0;
    span.end(status, thrown);
  }

  /** The request with its target: the one holds what the other lacks. */
  private static final class Outgoing implements HttpClientRequest {
    private final ClassicHttpRequest request;
    private final String scheme;
    private final @Nullable String host;
    private final int port;

    Outgoing(@Nullable HttpHost target, ClassicHttpRequest request) {
      this.request = request;
      URIAuthority authority = request.getAuthority();
      String ofRequest = request.getScheme();
      if (target != null) {
        scheme = target.getSchemeName();
        host = target.getHostName();
        port = target.getPort();
      } else {
        scheme = ofRequest == null ? "http" : ofRequest;
        host = authority == null ? null : authority.getHostName();
        port = authority == null ? -1 : authority.getPort();
      }
    }

    @Override
    public String method() {
      return request.getMethod();
    }

    @Override
    public String url() {
      String path = request.getPath();
      return scheme + "://" + host + (port > 0 ? ":" + port : "") + (path == null ? "/" : path);
    }

    @Override
    public @Nullable String host() {
      return host;
    }

    @Override
    public int port() {
      return port;
    }

    @Override
    public void setHeader(String name, String value) {
      request.setHeader(name, value);
    }
  }
}
