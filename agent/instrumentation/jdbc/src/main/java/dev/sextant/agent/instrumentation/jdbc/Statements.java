package dev.sextant.agent.instrumentation.jdbc;

import dev.sextant.agent.core.context.ObjectField;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/** What is known of statements beside what the driver tells: their text and their batch. */
final class Statements {
  static final class State {
    /** The text it was prepared with, or the first of its batch. */
    volatile @Nullable String sql;

    volatile long batchSize;
  }

  private static final ObjectField<Statement, State> STATES = new ObjectField<>();

  private Statements() {}

  static void prepared(Statement statement, String sql) {
    State state = new State();
    state.sql = sql;
    STATES.set(statement, state);
  }

  static @Nullable State stateOf(Statement statement) {
    return STATES.get(statement);
  }

  static void addedToBatch(Statement statement, @Nullable String sql) {
    State state = STATES.get(statement);
    if (state == null) {
      state = new State();
      STATES.set(statement, state);
    }
    if (state.sql == null) {
      state.sql = sql;
    }
    state.batchSize++;
  }

  static void batchCleared(Statement statement) {
    State state = STATES.get(statement);
    if (state != null) {
      state.batchSize = 0;
    }
  }

  static void closed(Statement statement) {
    STATES.remove(statement);
  }
}
