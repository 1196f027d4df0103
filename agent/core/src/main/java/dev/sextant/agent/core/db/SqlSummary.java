package dev.sextant.agent.core.db;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Collects verbs and their targets while an SQL text is scanned. */
final class SqlSummary {
  private static final int LONGEST = 255;
  private static final Set<String> VERBS =
      new HashSet<>(
          Arrays.asList(
              "SELECT",
              "INSERT",
              "UPDATE",
              "DELETE",
              "MERGE",
              "CALL",
              "CREATE",
              "DROP",
              "ALTER",
              "TRUNCATE",
              "EXEC",
              "EXECUTE",
              "SET",
              "SHOW",
              "COMMIT",
              "ROLLBACK",
              "VALUES"));
  private static final Set<String> BEFORE_TARGET =
      new HashSet<>(Arrays.asList("FROM", "JOIN", "INTO", "UPDATE", "TABLE", "CALL", "EXEC"));
  private static final Set<String> BETWEEN =
      new HashSet<>(Arrays.asList("IF", "NOT", "EXISTS", "ONLY", "LATERAL"));

  private final StringBuilder summary = new StringBuilder();
  private final Set<String> targets = new HashSet<>();
  private @Nullable String verb;
  private int verbs;
  private boolean targetNext;
  private boolean inFromList;

  void word(String word) {
    String upper = word.toUpperCase(Locale.ROOT);
    if (targetNext && !BETWEEN.contains(upper) && !upper.equals("SELECT")) {
      targetNext = false;
      target(word);
    } else if (isVerb(upper)) {
      verbs++;
      verb = verb == null ? upper : verb;
      append(upper);
      targetNext = BEFORE_TARGET.contains(upper);
      inFromList = false;
    } else if (BEFORE_TARGET.contains(upper)) {
      targetNext = true;
      inFromList = upper.equals("FROM");
    } else if (upper.equals("WHERE") || upper.equals("ON") || upper.equals("GROUP")) {
      inFromList = false;
    }
  }

  void symbol(char c) {
    if (c == ',' && inFromList) {
      targetNext = true;
    } else if (c == '(') {
      targetNext = false;
    } else if (c == ')') {
      inFromList = false;
    }
  }

  SqlText toText(String sanitized) {
    return new SqlText(
        sanitized,
        summary.length() == 0 ? null : summary.toString(),
        verbs == 1 ? verb : null,
        targets.size() == 1 ? targets.iterator().next() : null);
  }

  /** {@code UPDATE t SET}, {@code INSERT … VALUES}: words that are verbs only where they begin. */
  private boolean isVerb(String upper) {
    boolean onlyFirst =
        !upper.equals("SELECT")
            && !upper.equals("INSERT")
            && !upper.equals("UPDATE")
            && !upper.equals("DELETE");
    return VERBS.contains(upper) && (verb == null || !onlyFirst);
  }

  private void target(String name) {
    targets.add(name);
    append(name);
  }

  private void append(String word) {
    int length = summary.length() + 1 + word.length();
    if (length <= LONGEST) {
      summary.append(summary.length() == 0 ? "" : " ").append(word);
    }
  }
}
