package dev.sextant.agent.instrumentation.httpurlconnection;

import java.net.HttpURLConnection;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** {@code connect} and {@code getOutputStream}: the request begins; its answer comes later. */
public final class ConnectAdvice {
  private ConnectAdvice() {}

  @Advice.OnMethodEnter(suppress = Throwable.class, inline = false)
  public static @Nullable Object enter(@Advice.This HttpURLConnection connection) {
    return Exchange.enter(connection);
  }

  @Advice.OnMethodExit(suppress = Throwable.class, onThrowable = Throwable.class, inline = false)
  public static void exit(
      @Advice.Enter @Nullable Object exchange, @Advice.Thrown @Nullable Throwable thrown) {
    Exchange.leave();
    if (exchange != null && thrown != null) {
      ((Exchange) exchange).end(0, thrown);
    }
  }
}
