package dev.sextant.agent.instrumentation.springwebflux;

import dev.sextant.agent.core.http.HttpServerSpan;
import io.opentelemetry.context.Context;
import net.bytebuddy.asm.Advice;
import org.springframework.web.server.ServerWebExchange;

/** {@code HttpWebHandlerAdapter.createExchange}: still on the thread that received the request. */
public final class CreateExchangeAdvice {
  static final String SPAN = "dev.sextant.agent.span";

  private CreateExchangeAdvice() {}

  @Advice.OnMethodExit(suppress = Throwable.class, inline = false)
  public static void exit(@Advice.Return ServerWebExchange exchange) {
    HttpServerSpan span = HttpServerSpan.in(Context.current());
    if (span != null) {
      exchange.getAttributes().put(SPAN, span);
    }
  }
}
