package dev.sextant.agent.instrumentation.jdbc;

import java.sql.Statement;
import net.bytebuddy.asm.Advice;

/** {@code PreparedStatement.addBatch()}. */
public final class AddToBatchAdvice {
  private AddToBatchAdvice() {}

  @Advice.OnMethodExit(suppress = Throwable.class, inline = false)
  public static void exit(@Advice.This Statement statement) {
    Statements.addedToBatch(statement, null);
  }
}
