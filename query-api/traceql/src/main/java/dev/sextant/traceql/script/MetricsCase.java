package dev.sextant.traceql.script;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code metrics range from T to T step D [exemplars N] [max-series N] QUERY} or {@code metrics
 * instant from T to T [max-series N] QUERY}, and the answer it must have.
 *
 * @param startNanos since the epoch
 * @param stepNanos 0 for the engine's own
 * @param nowNanos since the epoch
 * @param incomplete what must stand in the reason why series are missing; null where none may be
 * @param times when samples must be, since the epoch; null for no times in particular
 * @param series one for each line, in the answer's order
 */
record MetricsCase(
    int line,
    String query,
    boolean instant,
    long startNanos,
    long endNanos,
    long stepNanos,
    long nowNanos,
    int exemplars,
    int maxSeries,
    @Nullable Failure failure,
    @Nullable String incomplete,
    @Nullable List<Long> times,
    List<ExpectedSeries> series)
    implements ScriptCommand {

  /** Reads a question line by line. */
  static final class Reader implements CaseReader {
    private final int line;
    private final String query;
    private final boolean instant;
    private long startNanos = ScriptTime.ZERO_NANOS;
    private long endNanos = ScriptTime.ZERO_NANOS;
    private long stepNanos;
    private long nowNanos = ScriptTime.NOW_NANOS;
    private int exemplars;
    private int maxSeries;
    private @Nullable Failure failure;
    private @Nullable String incomplete;
    private @Nullable List<Long> times;
    private boolean none;
    private final List<ExpectedSeries> series = new ArrayList<>();

    /**
     * @param words behind {@code metrics}
     */
    Reader(int line, LineReader words) {
      this.line = line;
      String kind = words.next("range or instant");
      instant = kind.equals("instant");
      if (!instant && !kind.equals("range")) {
        throw new IllegalArgumentException("expected range or instant, but found " + kind);
      }
      while (option(words)) {
        // Each takes its words.
      }
      query = words.rest();
    }

    private boolean option(LineReader words) {
      switch (words.peek()) {
        case "from" -> startNanos = ScriptTime.nanos(after(words));
        case "to" -> endNanos = ScriptTime.nanos(after(words));
        case "step" -> stepNanos = Values.nanos(after(words));
        case "now" -> nowNanos = ScriptTime.nanos(after(words));
        case "exemplars" -> exemplars = Integer.parseInt(after(words));
        case "max-series" -> maxSeries = Integer.parseInt(after(words));
        default -> {
          return false;
        }
      }
      return true;
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
      } else if (words.take("incomplete")) {
        incomplete = words.rest();
      } else if (words.take("times")) {
        times = times(words);
      } else if (words.take("none")) {
        none = true;
      } else if (words.take("exemplar")) {
        if (series.isEmpty()) {
          throw new IllegalArgumentException("an exemplar stands below no series");
        }
        series.add(series.removeLast().with(ExpectedSeries.Exemplar.parse(words)));
      } else {
        series.add(ExpectedSeries.parse(words));
      }
    }

    private static List<Long> times(LineReader words) {
      List<Long> times = new ArrayList<>();
      while (words.hasMore()) {
        times.add(ScriptTime.nanos(words.next("a time")));
      }
      return times;
    }

    @Override
    public ScriptCommand finish() {
      if (failure == null && !none && series.isEmpty()) {
        throw new IllegalArgumentException(
            "nothing is expected of the query; write none where there must be no series");
      }
      return new MetricsCase(
          line,
          query,
          instant,
          startNanos,
          endNanos,
          stepNanos,
          nowNanos,
          exemplars,
          maxSeries,
          failure,
          incomplete,
          times,
          List.copyOf(series));
    }
  }
}
