package dev.sextant.traceql.script;

import dev.sextant.trace.model.SpanSource;
import dev.sextant.traceql.Cancellation;
import dev.sextant.traceql.InstantRequest;
import dev.sextant.traceql.MetricsAnswer;
import dev.sextant.traceql.RangeRequest;
import dev.sextant.traceql.TraceQlEngine;
import dev.sextant.traceql.ast.Query;
import dev.sextant.traceql.parse.TraceQlParser;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Asks for series and holds the answer against what is expected. */
final class MetricsCheck {
  private final TraceQlEngine engine;
  private final MetricsCase expected;

  MetricsCheck(TraceQlEngine engine, MetricsCase expected) {
    this.engine = engine;
    this.expected = expected;
  }

  /**
   * Null where the answer is as expected, else what is not.
   *
   * @param anyExemplars whether other spans may be exemplars, as where spans come in another order
   */
  @Nullable String problem(SpanSource source, boolean anyExemplars) {
    return Attempt.problem(
        expected.failure(), () -> ask(source), answer -> problem(answer, anyExemplars));
  }

  private MetricsAnswer ask(SpanSource source) {
    Query query = TraceQlParser.parse(expected.query());
    return expected.instant()
        ? engine.queryInstant(
            source,
            new InstantRequest(
                query,
                expected.startNanos(),
                expected.endNanos(),
                expected.nowNanos(),
                expected.maxSeries()),
            Cancellation.NONE)
        : engine.queryRange(
            source,
            new RangeRequest(
                query,
                expected.startNanos(),
                expected.endNanos(),
                expected.stepNanos(),
                expected.nowNanos(),
                expected.exemplars(),
                expected.maxSeries()),
            Cancellation.NONE);
  }

  private @Nullable String problem(MetricsAnswer answer, boolean anyExemplars) {
    List<ExpectedSeries> found = answer.series().stream().map(ExpectedSeries::of).toList();
    List<ExpectedSeries> wanted = expected.series();
    boolean same = found.size() == wanted.size();
    for (int i = 0; same && i < wanted.size(); i++) {
      same = wanted.get(i).matches(found.get(i), anyExemplars);
    }
    if (!same) {
      return "expected:"
          + SearchCheck.lines(wanted.stream().map(ExpectedSeries::text).toList())
          + "\n  but got:"
          + SearchCheck.lines(found.stream().map(ExpectedSeries::text).toList());
    }
    String problem = times(answer);
    return problem != null ? problem : incomplete(answer.incomplete());
  }

  private @Nullable String times(MetricsAnswer answer) {
    List<Long> found = new ArrayList<>();
    for (long time : answer.timesNanos()) {
      found.add(time);
    }
    List<Long> wanted = expected.times();
    return wanted == null || wanted.equals(found)
        ? null
        : "expected samples at " + times(wanted) + " but got them at " + times(found);
  }

  private static String times(List<Long> times) {
    return String.join(" ", times.stream().map(ScriptTime::text).toList());
  }

  private @Nullable String incomplete(@Nullable String found) {
    String wanted = expected.incomplete();
    if (wanted == null) {
      return found == null ? null : "expected all series, but some are missing: " + found;
    }
    return found != null && found.contains(wanted)
        ? null
        : "expected series to be missing: " + wanted + "\n  but got: " + found;
  }
}
