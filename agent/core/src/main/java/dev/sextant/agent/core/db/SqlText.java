package dev.sextant.agent.core.db;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/** An SQL text without its values, and what it does in a few words. */
public final class SqlText {
  private static final int REMEMBERED = 1_000;
  private static final int LONGEST_REMEMBERED = 10_000;
  private static final ConcurrentMap<String, SqlText> KNOWN = new ConcurrentHashMap<>();

  /** Literals replaced by {@code ?}, comments removed, whitespace collapsed. */
  public final String sanitized;

  /** Verbs and targets in order, such as {@code SELECT orders lines}; at most 255 characters. */
  public final @Nullable String summary;

  /** The verb, if there is exactly one. */
  public final @Nullable String operation;

  /** The table, if there is exactly one. */
  public final @Nullable String collection;

  SqlText(
      String sanitized,
      @Nullable String summary,
      @Nullable String operation,
      @Nullable String collection) {
    this.sanitized = sanitized;
    this.summary = summary;
    this.operation = operation;
    this.collection = collection;
  }

  /**
   * Analyses a text; the {@value #REMEMBERED} texts seen first are remembered.
   *
   * @param doubleQuotesAreText whether the dialect writes text in double quotes, as MySQL does
   */
  public static SqlText of(String sql, boolean doubleQuotesAreText) {
    SqlText known = KNOWN.get(sql);
    if (known == null) {
      known = new SqlScanner(sql, doubleQuotesAreText).scan();
      if (sql.length() <= LONGEST_REMEMBERED && KNOWN.size() < REMEMBERED) {
        KNOWN.put(sql, known);
      }
    }
    return known;
  }
}
