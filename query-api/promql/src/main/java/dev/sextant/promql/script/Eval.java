package dev.sextant.promql.script;

import dev.sextant.metrics.model.Labels;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One {@code eval} of a script, with everything it expects.
 *
 * @param grid the times asked for; of an instant query with a range vector, those of its points
 * @param failure what the error's text must be, null where there must be none
 */
record Eval(
    int line,
    String query,
    boolean instant,
    Grid grid,
    @Nullable Predicate<String> failure,
    boolean ordered,
    Notes warnings,
    Notes infos,
    boolean rangeVector,
    @Nullable String text,
    @Nullable Double scalar,
    Map<Labels, List<Point>> series)
    implements ScriptCommand {
  /** Times in milliseconds since the epoch; an instant has its time as start and no end. */
  record Grid(long startMillis, long endMillis, long stepMillis) {}

  /**
   * What is expected of annotations of one kind.
   *
   * @param none whether there must be none
   * @param wanted each must be met, and every annotation meet one; empty where nothing is expected
   */
  record Notes(boolean none, List<Predicate<String>> wanted) {}
}
