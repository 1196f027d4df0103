package dev.sextant.agent.instrumentation.logback;

import ch.qos.logback.classic.spi.ILoggingEvent;
import dev.sextant.agent.core.context.Suppression;
import io.opentelemetry.context.Context;
import net.bytebuddy.asm.Advice;

/** {@code Logger.callAppenders}: before any appender, on the thread that logs. */
public final class CallAppendersAdvice {
  private CallAppendersAdvice() {}

  @Advice.OnMethodEnter(suppress = Throwable.class, inline = false)
  public static void enter(@Advice.Argument(0) ILoggingEvent event) {
    Context context = Context.current();
    if (!Suppression.isActive(context)) {
      TraceMdc.put(event, context);
      LogExport.emit(event, context);
    }
  }
}
