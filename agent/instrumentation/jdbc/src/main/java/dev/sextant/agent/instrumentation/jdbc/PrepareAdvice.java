package dev.sextant.agent.instrumentation.jdbc;

import java.sql.PreparedStatement;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** {@code Connection.prepareStatement} and {@code prepareCall}. */
public final class PrepareAdvice {
  private PrepareAdvice() {}

  @Advice.OnMethodExit(suppress = Throwable.class, inline = false)
  public static void exit(
      @Advice.Argument(0) String sql, @Advice.Return @Nullable PreparedStatement statement) {
    if (statement != null) {
      Statements.prepared(statement, sql);
    }
  }
}
