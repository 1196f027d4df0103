package dev.sextant.agent.instrumentation.httpurlconnection;

import java.net.HttpURLConnection;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** {@code getInputStream}, which {@code getResponseCode} calls too: the answer's head is there. */
public final class GetInputStreamAdvice {
  private GetInputStreamAdvice() {}

  @Advice.OnMethodEnter(suppress = Throwable.class, inline = false)
  public static @Nullable Object enter(@Advice.This HttpURLConnection connection) {
    return Exchange.enter(connection);
  }

  @Advice.OnMethodExit(suppress = Throwable.class, onThrowable = Throwable.class, inline = false)
  public static void exit(
      @Advice.Enter @Nullable Object exchange,
      @Advice.FieldValue("responseCode") int responseCode,
      @Advice.Thrown @Nullable Throwable thrown) {
    Exchange.leave();
    if (exchange != null) {
      ((Exchange) exchange).answered(responseCode, thrown);
    }
  }
}
