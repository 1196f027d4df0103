package dev.sextant.agent.instrumentation.springwebflux;

import dev.sextant.agent.core.context.ReactorKey;
import dev.sextant.agent.core.http.HttpServerSpan;
import io.opentelemetry.context.Context;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** {@code HttpWebHandlerAdapter.handle}: the trace context goes into the chain's context. */
public final class ServeAdvice {
  private ServeAdvice() {}

  @Advice.OnMethodEnter(suppress = Throwable.class, inline = false)
  public static @Nullable Object enter() {
    Context current = Context.current();
    return HttpServerSpan.in(current) == null ? null : current;
  }

  @Advice.OnMethodExit(suppress = Throwable.class, inline = false)
  @Advice.AssignReturned.ToReturned
  public static Mono<Void> exit(
      @Advice.Enter @Nullable Object context, @Advice.Return Mono<Void> served) {
    return context == null
        ? served
        : served.contextWrite(reactor -> reactor.put(ReactorKey.NAME, context));
  }
}
