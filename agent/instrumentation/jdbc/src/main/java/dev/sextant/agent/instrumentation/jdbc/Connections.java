package dev.sextant.agent.instrumentation.jdbc;

import dev.sextant.agent.core.context.ObjectField;
import dev.sextant.agent.core.db.Database;
import dev.sextant.agent.core.db.JdbcUrl;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/** Which database each physical connection leads to. */
final class Connections {
  private static final ObjectField<Connection, Database> DATABASES = new ObjectField<>();

  private Connections() {}

  static void opened(Connection connection, String url) {
    DATABASES.set(connection, JdbcUrl.parse(url));
  }

  /** Asks a connection that was opened unseen for its URL, once. */
  static Database databaseOf(Statement statement) {
    Connection connection = connectionOf(statement);
    if (connection == null) {
      return JdbcUrl.parse(null);
    }
    Database known = DATABASES.get(connection);
    if (known == null) {
      known = JdbcUrl.parse(urlOf(connection));
      DATABASES.set(connection, known);
    }
    return known;
  }

  private static @Nullable Connection connectionOf(Statement statement) {
    try {
      return statement.getConnection();
    } catch (SQLException closed) {
      return null;
    }
  }

  private static @Nullable String urlOf(Connection connection) {
    try {
      return connection.getMetaData().getURL();
    } catch (SQLException | LinkageError refused) {
      return null;
    }
  }
}
