package dev.sextant.agent.instrumentation.jdbc;

import java.sql.Statement;
import net.bytebuddy.asm.Advice;

/** {@code Statement.close}: drivers may hand the same object out again. */
public final class CloseAdvice {
  private CloseAdvice() {}

  @Advice.OnMethodExit(suppress = Throwable.class, inline = false)
  public static void exit(@Advice.This Statement statement) {
    Statements.closed(statement);
  }
}
