package dev.sextant.agent.instrumentation.tomcat;

import net.bytebuddy.asm.Advice;
import org.apache.coyote.Request;
import org.apache.coyote.Response;
import org.jspecify.annotations.Nullable;

/** {@code CoyoteAdapter.asyncDispatch}: a request in asynchronous mode comes back to Tomcat. */
public final class AsyncAdvice {
  private AsyncAdvice() {}

  @Advice.OnMethodEnter(suppress = Throwable.class, inline = false)
  public static @Nullable Object enter(@Advice.Argument(0) Request request) {
    return TomcatServing.resume(request);
  }

  @Advice.OnMethodExit(suppress = Throwable.class, onThrowable = Throwable.class, inline = false)
  public static void exit(
      @Advice.Enter @Nullable Object serving,
      @Advice.Argument(0) Request request,
      @Advice.Argument(1) Response response,
      @Advice.Thrown @Nullable Throwable thrown) {
    if (serving != null) {
      ((TomcatServing) serving).leave(request, response, thrown);
    }
  }
}
