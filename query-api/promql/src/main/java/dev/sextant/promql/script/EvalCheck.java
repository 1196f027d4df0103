package dev.sextant.promql.script;

import dev.sextant.metrics.model.SeriesSource;
import dev.sextant.promql.Annotation;
import dev.sextant.promql.Cancellation;
import dev.sextant.promql.PromAnswer;
import dev.sextant.promql.PromEngine;
import dev.sextant.promql.PromException;
import dev.sextant.promql.PromQuery;
import dev.sextant.promql.QueryResult;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Runs one evaluation and holds its answer against what is expected. */
final class EvalCheck {
  private static final Pattern PLACE = Pattern.compile("^\\d+:\\d+: parse error: ");

  /** Half of the range in whose middle an instant query stands, and its step. */
  private static final long AROUND_MILLIS = 60_000;

  private final PromEngine engine;
  private final SeriesSource source;
  private final Eval eval;

  EvalCheck(PromEngine engine, SeriesSource source, Eval eval) {
    this.engine = engine;
    this.source = source;
    this.eval = eval;
  }

  /** The query as it stands; null where everything is as expected, else the first thing not so. */
  @Nullable String asWritten() {
    Eval.Grid grid = eval.grid();
    return problem(
        eval.instant()
            ? () -> engine.query(source, eval.query(), grid.endMillis())
            : () ->
                engine.queryRange(
                    source, eval.query(), grid.startMillis(), grid.endMillis(), grid.stepMillis()),
        answer -> {
          String problem = annotations(answer.annotations());
          return problem != null ? problem : new ResultCheck(eval).problem(answer.value());
        });
  }

  /** Another form of the query at another time. */
  @Nullable String instant(PromQuery query, long timeMillis) {
    return problem(
        () -> engine.query(source, query, timeMillis, Cancellation.NONE),
        answer -> {
          String problem = annotations(answer.annotations());
          return problem != null ? problem : new ResultCheck(eval).problem(answer.value());
        });
  }

  /** The query over a minute before and after; only what it gives in the middle counts. */
  @Nullable String middleOfRange(PromQuery query, long timeMillis) {
    return problem(
        () ->
            engine.queryRange(
                source,
                query,
                timeMillis - AROUND_MILLIS,
                timeMillis + AROUND_MILLIS,
                AROUND_MILLIS,
                Cancellation.NONE),
        answer -> new ResultCheck(eval).problemAt(timeMillis, (QueryResult.Matrix) answer.value()));
  }

  private @Nullable String problem(
      Supplier<PromAnswer> run, Function<PromAnswer, @Nullable String> check) {
    Predicate<String> failure = eval.failure();
    PromAnswer answer;
    try {
      answer = run.get();
    } catch (PromException e) {
      String message = String.valueOf(e.getMessage());
      if (failure == null) {
        return "expected a result but got the error: " + message;
      }
      boolean expected =
          failure.test(message) || failure.test(PLACE.matcher(message).replaceFirst(""));
      return expected ? null : "expected another error but got: " + message;
    } catch (RuntimeException e) {
      StackTraceElement[] trace = e.getStackTrace();
      return "crashed: " + e + (trace.length > 0 ? " at " + trace[0] : "");
    }
    return failure != null ? "expected an error but got " + answer.value() : check.apply(answer);
  }

  private @Nullable String annotations(List<Annotation> found) {
    List<String> warnings = new ArrayList<>();
    List<String> infos = new ArrayList<>();
    for (Annotation annotation : found) {
      (annotation.warning() ? warnings : infos).add(annotation.text());
    }
    String problem = annotations("warning", eval.warnings(), warnings);
    return problem != null ? problem : annotations("info", eval.infos(), infos);
  }

  private static @Nullable String annotations(String kind, Eval.Notes notes, List<String> found) {
    if (notes.none() && !found.isEmpty()) {
      return "expected no " + kind + " but got " + found;
    }
    for (Predicate<String> one : notes.wanted()) {
      if (found.stream().noneMatch(one)) {
        return "expected another " + kind + " but got " + found;
      }
    }
    for (String text : found) {
      if (!notes.wanted().isEmpty() && notes.wanted().stream().noneMatch(one -> one.test(text))) {
        return "did not expect the " + kind + " " + text;
      }
    }
    return null;
  }
}
