package dev.sextant.agent.instrumentation.springwebflux;

import dev.sextant.agent.core.http.HttpServerSpan;
import dev.sextant.agent.core.http.HttpServerSpan.RouteSource;
import net.bytebuddy.asm.Advice;
import org.springframework.web.server.ServerWebExchange;

/** {@code HandlerAdapter.handle}: the mapping has chosen a handler and noted its pattern. */
public final class HandleAdvice {
  private static final String PATTERN =
      "org.springframework.web.reactive.HandlerMapping.bestMatchingPattern";
  private static final String GATEWAY_PATH =
      "org.springframework.cloud.gateway.support.ServerWebExchangeUtils."
          + "gatewayPredicateMatchedPathAttr";

  private HandleAdvice() {}

  @Advice.OnMethodEnter(suppress = Throwable.class, inline = false)
  public static void enter(@Advice.Argument(0) ServerWebExchange exchange) {
    Object span = exchange.getAttributes().get(CreateExchangeAdvice.SPAN);
    if (!(span instanceof HttpServerSpan)) {
      return;
    }
    Object gatewayPath = exchange.getAttributes().get(GATEWAY_PATH);
    if (gatewayPath != null) {
      ((HttpServerSpan) span).route(gatewayPath.toString(), RouteSource.GATEWAY);
    }
    Object pattern = exchange.getAttributes().get(PATTERN);
    if (pattern != null) {
      ((HttpServerSpan) span).route(pattern.toString(), RouteSource.CONTROLLER);
    }
  }
}
