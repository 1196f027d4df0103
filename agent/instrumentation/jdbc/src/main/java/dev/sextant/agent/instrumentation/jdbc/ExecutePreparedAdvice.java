package dev.sextant.agent.instrumentation.jdbc;

import java.sql.Statement;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** {@code PreparedStatement.execute*()}. */
public final class ExecutePreparedAdvice {
  private ExecutePreparedAdvice() {}

  @Advice.OnMethodEnter(suppress = Throwable.class, inline = false)
  public static @Nullable Object enter(@Advice.This Statement statement) {
    Statements.State state = Statements.stateOf(statement);
    return StatementCall.enter(statement, state == null ? null : state.sql, -1);
  }

  @Advice.OnMethodExit(suppress = Throwable.class, onThrowable = Throwable.class, inline = false)
  public static void exit(
      @Advice.Enter @Nullable Object call, @Advice.Thrown @Nullable Throwable thrown) {
    StatementCall.leave(call, thrown);
  }
}
