package dev.sextant.agent.instrumentation.jdbc;

import java.sql.Statement;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** {@code Statement.execute*(String, …)}. */
public final class ExecuteTextAdvice {
  private ExecuteTextAdvice() {}

  @Advice.OnMethodEnter(suppress = Throwable.class, inline = false)
  public static @Nullable Object enter(
      @Advice.This Statement statement, @Advice.Argument(0) String sql) {
    return StatementCall.enter(statement, sql, -1);
  }

  @Advice.OnMethodExit(suppress = Throwable.class, onThrowable = Throwable.class, inline = false)
  public static void exit(
      @Advice.Enter @Nullable Object call, @Advice.Thrown @Nullable Throwable thrown) {
    StatementCall.leave(call, thrown);
  }
}
