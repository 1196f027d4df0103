package dev.sextant.traceql.script;

import dev.sextant.trace.model.PlainSpan;
import dev.sextant.trace.model.SpanSource;
import dev.sextant.traceql.TraceQlEngine;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Asks a question several times: as it stands, over the same spans arrived the other way round and
 * twice, and a search page by page.
 */
final class CaseRuns {
  private final TraceQlEngine engine;
  private final Traces traces;
  private final SpanSource source;
  private final SpanSource shuffled;
  private final boolean anyExemplars;

  /**
   * @param anyExemplars whether any spans may be exemplars where nothing is shuffled too
   */
  CaseRuns(
      TraceQlEngine engine,
      Function<? super List<PlainSpan>, ? extends SpanSource> sources,
      Traces traces,
      boolean anyExemplars) {
    this.engine = engine;
    this.traces = traces;
    this.anyExemplars = anyExemplars;
    List<PlainSpan> spans = traces.spans();
    List<PlainSpan> again = new ArrayList<>(spans.reversed());
    again.addAll(spans);
    source = sources.apply(spans);
    shuffled = sources.apply(again);
  }

  ScriptResult.Outcome search(SearchCase search) {
    List<String> failures = new ArrayList<>();
    SearchCheck check = new SearchCheck(engine, search, traces);
    add(failures, "", check.problem(source));
    add(failures, "arrived the other way round and twice: ", check.problem(shuffled));
    boolean paged = search.failure() == null && search.spansets().size() > 1;
    if (paged) {
      add(failures, "page by page: ", check.problemByPages(source));
    }
    return new ScriptResult.Outcome(search.line(), search.query(), paged ? 2 : 1, failures);
  }

  ScriptResult.Outcome metrics(MetricsCase metrics) {
    List<String> failures = new ArrayList<>();
    MetricsCheck check = new MetricsCheck(engine, metrics);
    add(failures, "", check.problem(source, anyExemplars));
    add(failures, "arrived the other way round and twice: ", check.problem(shuffled, true));
    return new ScriptResult.Outcome(metrics.line(), metrics.query(), 1, failures);
  }

  private static void add(List<String> failures, String how, @Nullable String problem) {
    if (problem != null) {
      failures.add(how + problem);
    }
  }
}
