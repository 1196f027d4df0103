package dev.sextant.agent.instrumentation.springwebmvc;

import dev.sextant.agent.core.http.HttpServerSpan;
import io.opentelemetry.context.Context;
import net.bytebuddy.asm.Advice;

/** {@code HandlerAdapter.handle}. The request is an object here: its type has two names. */
public final class HandleAdvice {
  private static final String PATTERN =
      "org.springframework.web.servlet.HandlerMapping.bestMatchingPattern";

  private HandleAdvice() {}

  @Advice.OnMethodEnter(suppress = Throwable.class, inline = false)
  public static void enter(@Advice.Argument(0) Object request) throws Throwable {
    HttpServerSpan span = HttpServerSpan.in(Context.current());
    if (span == null) {
      return;
    }
    Object pattern = ServletRequests.attribute(request, PATTERN);
    if (pattern != null) {
      String route = ServletRequests.contextPath(request) + pattern;
      span.route(route, HttpServerSpan.RouteSource.CONTROLLER);
    }
  }
}
