package dev.sextant.benchmarks.traces;

/** What services ask their databases: four statements for each collection. */
final class Statements {
  private static final String[] SQL = {"SELECT", "SELECT", "INSERT", "UPDATE"};
  private static final String[] MONGO = {"find", "find", "insert", "update"};
  private static final String[] REDIS = {"GET", "MGET", "SET", "EXPIRE"};

  private Statements() {}

  /**
   * One of a database's statements.
   *
   * @param collection or {@code -} where the system has none
   */
  record Statement(String operation, String collection, String text) {
    String spanName() {
      return collection.equals("-") ? operation : operation + " " + collection;
    }
  }

  static Statement of(Service.Database database, long dice) {
    int which = (int) Math.floorMod(dice, 4L);
    int at = (int) Math.floorMod(dice >> 8, (long) database.collections().size());
    String collection = database.collections().get(at);
    if (database.isSql()) {
      return new Statement(SQL[which], collection, sql(which, collection));
    }
    return switch (database.system()) {
      case "mongodb" ->
          new Statement(
              MONGO[which],
              collection,
              "{\"%s\":\"%s\",\"filter\":{\"_id\":\"?\"},\"limit\":\"?\"}"
                  .formatted(MONGO[which], collection));
      case "elasticsearch" ->
          new Statement(
              "search",
              collection,
              "{\"query\":{\"bool\":{\"must\":[{\"match\":{\"title\":\"?\"}}],\"filter\":[{\"term\":{\"active\":\"?\"}}]}},\"size\":\"?\"}");
      default -> new Statement(REDIS[which], collection, REDIS[which] + " ?");
    };
  }

  private static String sql(int which, String table) {
    return switch (which) {
      case 0 -> "SELECT t.id, t.customer_id, t.state, t.total FROM " + table + " t WHERE t.id = ?";
      case 1 ->
          "SELECT t.id, t.state, t.changed_at FROM "
              + table
              + " t WHERE t.customer_id = ? AND t.state IN (?, ?, ?) ORDER BY t.changed_at DESC LIMIT ?";
      case 2 -> "INSERT INTO " + table + " (id, customer_id, state, total) VALUES (?, ?, ?, ?)";
      default -> "UPDATE " + table + " SET state = ?, changed_at = now() WHERE id = ?";
    };
  }
}
