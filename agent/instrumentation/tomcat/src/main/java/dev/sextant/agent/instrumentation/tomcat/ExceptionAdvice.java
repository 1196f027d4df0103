package dev.sextant.agent.instrumentation.tomcat;

import dev.sextant.agent.core.http.HttpServerSpan;
import io.opentelemetry.context.Context;
import net.bytebuddy.asm.Advice;

/** {@code StandardWrapperValve.exception}: a servlet or filter let an exception escape. */
public final class ExceptionAdvice {
  private ExceptionAdvice() {}

  @Advice.OnMethodEnter(suppress = Throwable.class, inline = false)
  public static void enter(@Advice.Argument(2) Throwable failure) {
    HttpServerSpan span = HttpServerSpan.in(Context.current());
    if (span != null) {
      span.error(origin(failure));
    }
  }

  /** Frameworks wrap what a handler threw into a {@code ServletException} of either package. */
  private static Throwable origin(Throwable failure) {
    Throwable cause = failure.getCause();
    boolean wrapper = failure.getClass().getSimpleName().endsWith("ServletException");
    return wrapper && cause != null ? cause : failure;
  }
}
