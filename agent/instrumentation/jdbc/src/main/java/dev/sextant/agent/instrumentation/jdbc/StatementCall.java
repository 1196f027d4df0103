package dev.sextant.agent.instrumentation.jdbc;

import dev.sextant.agent.core.context.CallDepth;
import dev.sextant.agent.core.context.OpenScope;
import dev.sextant.agent.core.db.Database;
import dev.sextant.agent.core.db.DbClientSpan;
import dev.sextant.agent.core.db.SqlText;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/**
 * One call of an {@code execute} method. Drivers implement these methods through each other, and
 * asking a connection for its URL may run a statement: only the outermost call counts.
 */
final class StatementCall {
  private static final CallDepth DEPTH = new CallDepth();

  private final DbClientSpan span;
  private final Scope scope;

  private StatementCall(DbClientSpan span) {
    this.span = span;
    this.scope = OpenScope.of(span.context());
  }

  /**
   * @return what {@link #leave} needs, or null if the call is not to be recorded
   */
  static @Nullable Object enter(Statement statement, @Nullable String sql, long batchSize) {
    if (!DEPTH.enter() || sql == null) {
      return null;
    }
    Database database = Connections.databaseOf(statement);
    boolean doubleQuotesAreText =
        database.system.equals("mysql") || database.system.equals("mariadb");
    DbClientSpan span =
        DbClientSpan.start(
            "jdbc", Context.current(), database, SqlText.of(sql, doubleQuotesAreText));
    if (span == null) {
      return null;
    }
    if (batchSize >= 0) {
      span.batchSize(batchSize);
    }
    return new StatementCall(span);
  }

  /** Called once for each {@link #enter}, whatever it returned. */
  static void leave(@Nullable Object call, @Nullable Throwable thrown) {
    DEPTH.exit();
    if (call != null) {
      StatementCall entered = (StatementCall) call;
      entered.scope.close();
      entered.span.end(thrown);
    }
  }
}
