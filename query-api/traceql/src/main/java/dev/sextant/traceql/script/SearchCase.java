package dev.sextant.traceql.script;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code search [from T to T] [limit N] [spss N] QUERY} and the answer it must have.
 *
 * @param fromNanos since the epoch
 * @param spansPerSpanset of the answer
 * @param total what the answer must say of how many match; null for nothing in particular
 * @param spansets one for each line, in the answer's order
 */
record SearchCase(
    int line,
    String query,
    long fromNanos,
    long toNanos,
    int limit,
    int spansPerSpanset,
    @Nullable Failure failure,
    @Nullable Total total,
    List<ExpectedSpanset> spansets)
    implements ScriptCommand {

  /**
   * How many traces match.
   *
   * @param exact whether that is known to be all
   */
  record Total(long count, boolean exact) {
    @Override
    public String toString() {
      return (exact ? "" : ">= ") + count;
    }
  }

  /** Reads a search line by line. */
  static final class Reader implements CaseReader {
    private final int line;
    private final String query;
    private long fromNanos;
    private long toNanos = Long.MAX_VALUE;
    private int limit = 100;
    private int spansPerSpanset = 100;
    private @Nullable Failure failure;
    private @Nullable Total total;
    private boolean none;
    private final List<ExpectedSpanset> spansets = new ArrayList<>();

    /**
     * @param words behind {@code search}
     */
    Reader(int line, LineReader words) {
      this.line = line;
      boolean more = true;
      while (more) {
        switch (words.peek()) {
          case "from" -> fromNanos = ScriptTime.nanos(after(words));
          case "to" -> toNanos = ScriptTime.nanos(after(words));
          case "limit" -> limit = Integer.parseInt(after(words));
          case "spss" -> spansPerSpanset = Integer.parseInt(after(words));
          default -> more = false;
        }
      }
      query = words.rest();
    }

    private static String after(LineReader words) {
      String option = words.next("an option");
      return words.next("a value after " + option);
    }

    @Override
    public void line(String text) {
      LineReader words = new LineReader(text.strip());
      if (words.take("fail")) {
        failure = Failure.parse(words.rest());
      } else if (words.take("total")) {
        boolean exact = !words.take(">=");
        total = new Total(Long.parseLong(words.next("a number")), exact);
      } else if (words.take("none")) {
        none = true;
      } else {
        spansets.add(ExpectedSpanset.parse(words));
      }
    }

    @Override
    public ScriptCommand finish() {
      if (failure == null && !none && spansets.isEmpty()) {
        throw new IllegalArgumentException(
            "nothing is expected of the search; write none where nothing must be found");
      }
      return new SearchCase(
          line,
          query,
          fromNanos,
          toNanos,
          limit,
          spansPerSpanset,
          failure,
          total,
          List.copyOf(spansets));
    }
  }
}
