package dev.sextant.promql.script;

import dev.sextant.metrics.model.SeriesSource;
import dev.sextant.promql.Annotation;
import dev.sextant.promql.PromAnswer;
import dev.sextant.promql.PromEngine;
import dev.sextant.promql.PromException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Runs one evaluation and holds its answer against what is expected. */
final class EvalCheck {
  private static final Pattern PLACE = Pattern.compile("^\\d+:\\d+: parse error: ");

  private final PromEngine engine;
  private final SeriesSource source;
  private final Eval eval;

  EvalCheck(PromEngine engine, SeriesSource source, Eval eval) {
    this.engine = engine;
    this.source = source;
    this.eval = eval;
  }

  /** Null where everything is as expected, else the first thing that is not. */
  @Nullable String problem() {
    Predicate<String> failure = eval.failure();
    PromAnswer answer;
    try {
      answer = answer();
    } catch (PromException e) {
      String message = String.valueOf(e.getMessage());
      if (failure == null) {
        return "expected a result but got the error: " + message;
      }
      boolean expected =
          failure.test(message) || failure.test(PLACE.matcher(message).replaceFirst(""));
      return expected ? null : "expected another error but got: " + message;
    } catch (IllegalStateException | IndexOutOfBoundsException | ClassCastException e) {
      StackTraceElement[] trace = e.getStackTrace();
      return "crashed: " + e + (trace.length > 0 ? " at " + trace[0] : "");
    }
    if (failure != null) {
      return "expected an error but got " + answer.value();
    }
    String problem = annotations(answer.annotations());
    return problem != null ? problem : new ResultCheck(eval).problem(answer.value());
  }

  private PromAnswer answer() {
    Eval.Grid grid = eval.grid();
    if (eval.instant()) {
      return engine.query(source, eval.query(), grid.endMillis());
    }
    return engine.queryRange(
        source, eval.query(), grid.startMillis(), grid.endMillis(), grid.stepMillis());
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
