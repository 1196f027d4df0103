package dev.sextant.agent.instrumentation.tomcat;

import dev.sextant.agent.core.context.OpenScope;
import dev.sextant.agent.core.http.HttpServerSpan;
import io.opentelemetry.context.Scope;
import org.apache.coyote.Request;
import org.apache.coyote.Response;
import org.jspecify.annotations.Nullable;

/** One stay of a request on one of Tomcat's threads. */
final class TomcatServing {
  private static final String ATTRIBUTE = "dev.sextant.agent.request";

  /** Where {@code CoyoteAdapter} notes the container's request on the connector's. */
  private static final int CONTAINER_REQUEST_NOTE = 1;

  private final HttpServerSpan span;
  private final Scope scope;

  private TomcatServing(HttpServerSpan span) {
    this.span = span;
    this.scope = OpenScope.of(span.context());
  }

  static TomcatServing begin(Request request) {
    HttpServerSpan span = HttpServerSpan.start("tomcat", new TomcatRequest(request));
    request.setAttribute(ATTRIBUTE, span);
    return new TomcatServing(span);
  }

  static @Nullable TomcatServing resume(Request request) {
    Object span = request.getAttribute(ATTRIBUTE);
    return span instanceof HttpServerSpan ? new TomcatServing((HttpServerSpan) span) : null;
  }

  /** The request leaves this thread; unless it is in asynchronous mode it is answered. */
  void leave(Request request, Response response, @Nullable Throwable thrown) {
    scope.close();
    span.error(thrown);
    if (!isAsync(request)) {
      request.getAttributes().remove(ATTRIBUTE);
      int status = response.getStatus();
      span.end(thrown != null && !response.isCommitted() ? 500 : status);
    }
  }

  private static boolean isAsync(Request request) {
    Object container = request.getNote(CONTAINER_REQUEST_NOTE);
    return container instanceof org.apache.catalina.connector.Request
        && ((org.apache.catalina.connector.Request) container).isAsync();
  }
}
