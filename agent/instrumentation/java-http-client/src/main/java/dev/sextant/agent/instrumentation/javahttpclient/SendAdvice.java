package dev.sextant.agent.instrumentation.javahttpclient;

import dev.sextant.agent.core.http.HttpClientSpan;
import io.opentelemetry.context.Context;
import java.net.http.HttpRequest;
import java.util.concurrent.CompletableFuture;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner;
import org.jspecify.annotations.Nullable;

/** {@code HttpClientImpl.sendAsync}: sends a copy of the request with the trace context. */
public final class SendAdvice {
  private SendAdvice() {}

  /** Returns the request to send and its span. */
  @Advice.OnMethodEnter(suppress = Throwable.class, inline = false)
  @Advice.AssignReturned.ToArguments(
      @Advice.AssignReturned.ToArguments.ToArgument(
          value = 0,
          index = 0,
          typing = Assigner.Typing.DYNAMIC))
  public static Object @Nullable [] enter(@Advice.Argument(0) HttpRequest request) {
    OutgoingRequest outgoing = new OutgoingRequest(request);
    HttpClientSpan span = HttpClientSpan.start("java-http-client", Context.current(), outgoing);
    return span == null ? null : new Object[] {outgoing.withHeaders(), span};
  }

  @Advice.OnMethodExit(suppress = Throwable.class, onThrowable = Throwable.class, inline = false)
  public static void exit(
      @Advice.Enter Object @Nullable [] entered,
      @Advice.Return @Nullable CompletableFuture<?> response,
      @Advice.Thrown @Nullable Throwable thrown) {
    if (entered == null) {
      return;
    }
    HttpClientSpan span = (HttpClientSpan) entered[1];
    if (response == null) {
      span.end(0, thrown);
    } else {
      response.whenComplete(new EndOfExchange(span));
    }
  }
}
