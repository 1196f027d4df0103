package dev.sextant.agent.instrumentation.jdbc;

import java.sql.Statement;
import net.bytebuddy.asm.Advice;

/** {@code Statement.addBatch(String)}. */
public final class AddTextToBatchAdvice {
  private AddTextToBatchAdvice() {}

  @Advice.OnMethodExit(suppress = Throwable.class, inline = false)
  public static void exit(@Advice.This Statement statement, @Advice.Argument(0) String sql) {
    Statements.addedToBatch(statement, sql);
  }
}
