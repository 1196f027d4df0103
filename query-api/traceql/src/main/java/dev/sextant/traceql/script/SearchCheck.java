package dev.sextant.traceql.script;

import dev.sextant.trace.model.SpanSource;
import dev.sextant.traceql.Cancellation;
import dev.sextant.traceql.FoundTrace;
import dev.sextant.traceql.PageToken;
import dev.sextant.traceql.SearchAnswer;
import dev.sextant.traceql.SearchRequest;
import dev.sextant.traceql.TraceQlEngine;
import dev.sextant.traceql.parse.TraceQlParser;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Searches and holds the answer against what is expected. */
final class SearchCheck {
  private final TraceQlEngine engine;
  private final SearchCase expected;
  private final Traces traces;

  SearchCheck(TraceQlEngine engine, SearchCase expected, Traces traces) {
    this.engine = engine;
    this.expected = expected;
    this.traces = traces;
  }

  /** Null where the answer is as expected, else what is not. */
  @Nullable String problem(SpanSource source) {
    return problem(
        () -> {
          SearchAnswer answer = engine.search(source, request(expected.limit()), Cancellation.NONE);
          return new Found(answer.traces(), new SearchCase.Total(answer.total(), answer.exact()));
        });
  }

  /** As {@link #problem}, of the answers of pages of one trace each put together. */
  @Nullable String problemByPages(SpanSource source) {
    return problem(
        () -> {
          List<FoundTrace> found = new ArrayList<>();
          PageToken token = null;
          SearchAnswer page;
          do {
            SearchRequest request = request(1);
            page =
                engine.search(
                    source, token == null ? request : request.after(token), Cancellation.NONE);
            found.addAll(page.traces());
            token = page.next();
          } while (token != null && found.size() < expected.limit());
          return new Found(found, null);
        });
  }

  /**
   * @param total null where nothing is to be said of it
   */
  private record Found(List<FoundTrace> traces, SearchCase.@Nullable Total total) {}

  private SearchRequest request(int limit) {
    return SearchRequest.of(
        TraceQlParser.parse(expected.query()),
        expected.fromNanos(),
        expected.toNanos(),
        limit,
        expected.spansPerSpanset());
  }

  private @Nullable String problem(Supplier<Found> ask) {
    return Attempt.problem(
        expected.failure(),
        ask,
        found -> {
          String problem = spansets(found.traces());
          return problem != null ? problem : total(found.total());
        });
  }

  private @Nullable String spansets(List<FoundTrace> answer) {
    List<ExpectedSpanset> found = new ArrayList<>();
    for (FoundTrace trace : answer) {
      for (FoundTrace.Spanset spanset : trace.spansets()) {
        found.add(ExpectedSpanset.of(trace, spanset, traces));
      }
    }
    List<ExpectedSpanset> wanted = expected.spansets();
    boolean same = found.size() == wanted.size();
    for (int i = 0; same && i < wanted.size(); i++) {
      same = wanted.get(i).matches(found.get(i));
    }
    return same
        ? null
        : "expected:"
            + lines(wanted.stream().map(ExpectedSpanset::text).toList())
            + "\n  but got:"
            + lines(found.stream().map(ExpectedSpanset::text).toList());
  }

  /** Each on a line of its own. */
  static String lines(List<String> texts) {
    return texts.isEmpty() ? "\n    none" : "\n    " + String.join("\n    ", texts);
  }

  private @Nullable String total(SearchCase.@Nullable Total found) {
    return found == null || expected.total() == null || expected.total().equals(found)
        ? null
        : "expected a total of " + expected.total() + " but got " + found;
  }
}
