package dev.sextant.agent.instrumentation.jdbc;

import java.sql.Statement;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** {@code Statement.executeBatch} and {@code executeLargeBatch}. */
public final class ExecuteBatchAdvice {
  private ExecuteBatchAdvice() {}

  @Advice.OnMethodEnter(suppress = Throwable.class, inline = false)
  public static @Nullable Object enter(@Advice.This Statement statement) {
    Statements.State state = Statements.stateOf(statement);
    return state == null
        ? StatementCall.enter(statement, null, 0)
        : StatementCall.enter(statement, state.sql, state.batchSize);
  }

  @Advice.OnMethodExit(suppress = Throwable.class, onThrowable = Throwable.class, inline = false)
  public static void exit(
      @Advice.This Statement statement,
      @Advice.Enter @Nullable Object call,
      @Advice.Thrown @Nullable Throwable thrown) {
    StatementCall.leave(call, thrown);
    Statements.batchCleared(statement);
  }
}
