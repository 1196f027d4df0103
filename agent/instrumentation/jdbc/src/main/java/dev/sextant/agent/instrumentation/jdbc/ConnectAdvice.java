package dev.sextant.agent.instrumentation.jdbc;

import java.sql.Connection;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** {@code Driver.connect}: a physical connection opens. */
public final class ConnectAdvice {
  private ConnectAdvice() {}

  @Advice.OnMethodExit(suppress = Throwable.class, inline = false)
  public static void exit(
      @Advice.Argument(0) String url, @Advice.Return @Nullable Connection connection) {
    if (connection != null) {
      Connections.opened(connection, url);
    }
  }
}
