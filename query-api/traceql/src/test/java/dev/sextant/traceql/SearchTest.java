package dev.sextant.traceql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sextant.trace.model.MemorySpanSource;
import dev.sextant.trace.model.PlainSpan;
import dev.sextant.trace.model.SpanSource;
import dev.sextant.trace.model.SpanValue;
import dev.sextant.traceql.ast.Query;
import dev.sextant.traceql.ast.Static;
import dev.sextant.traceql.parse.TraceQlParser;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a search's answer says, where it ends, and what bounds it. */
class SearchTest {
  private static final Query ALL = TraceQlParser.parse("{}");

  private final TraceQlEngine engine = new TraceQlEngine(QueryLimits.DEFAULT);

  private static NamedValue named(String name, Value value) {
    return new NamedValue(name, value);
  }

  @Test
  void answer_tellsTraceSpansetsAndWhatTheQueryNames() {
    SearchAnswer answer =
        Shop.search(
            "{ name = \"cart\" && span.code >= 500 && status = error && duration > 1ms }"
                + " | select(resource.zone, .none, event.type)");
    assertThat(answer.traces())
        .containsExactly(
            new FoundTrace(
                0,
                1,
                "shop",
                "GET /",
                10 * Shop.SECOND,
                100 * Shop.MILLI,
                List.of(
                    new FoundTrace.Spanset(
                        1,
                        List.of(
                            new FoundTrace.Span(
                                'c',
                                "cart",
                                10_020 * Shop.MILLI,
                                40 * Shop.MILLI,
                                List.of(
                                    named("code", new Value.Int(500)),
                                    named("status", new Value.Status(Static.Status.ERROR)),
                                    named("zone", new Value.Text("eu")),
                                    named("type", new Value.Text("IOException"))))),
                        List.of())),
                Map.of(
                    "shop", new FoundTrace.Service(3, 0),
                    "cart", new FoundTrace.Service(1, 1),
                    "db", new FoundTrace.Service(1, 0))));
    assertThat(answer.total()).isEqualTo(1);
    assertThat(answer.exact()).isTrue();
    assertThat(answer.next()).isNull();
  }

  @Test
  void answer_namesNoSpanWhereTheQueryDoesNot() {
    FoundTrace trace = Shop.search("{ kind = client }").traces().getFirst();
    FoundTrace.Span span = trace.spansets().getFirst().spans().getFirst();
    assertThat(span.name()).isNull();
    assertThat(span.attributes())
        .containsExactly(named("kind", new Value.Kind(Static.Kind.CLIENT)));
  }

  @Test
  void answer_holdsWhatByAndAggregatesComputed() {
    List<FoundTrace.Spanset> spansets =
        Shop.search("{} | by(resource.service.name) | count() > 1 | avg(duration) > 1ms")
            .traces()
            .getLast()
            .spansets();
    assertThat(spansets).hasSize(1);
    assertThat(spansets.getFirst().attributes())
        .containsExactly(
            named("by(resource.service.name)", new Value.Text("shop")),
            named("count()", new Value.Int(3)),
            named("avg(duration)", new Value.Duration(170 * Shop.MILLI / 3)));
  }

  @Test
  void answer_cutsSpansNotCounts() {
    SearchRequest request = SearchRequest.of(ALL, 0, 100 * Shop.SECOND, 20, 2);
    FoundTrace.Spanset spanset =
        engine
            .search(Shop.source(), request, Cancellation.NONE)
            .traces()
            .getLast()
            .spansets()
            .getFirst();
    assertThat(spanset.matched()).isEqualTo(5);
    assertThat(spanset.spans()).extracting(FoundTrace.Span::spanId).containsExactly(97L, 98L);
  }

  @Test
  void answer_aTraceWithoutRootHasNoRootNames() {
    PlainSpan orphan = PlainSpan.builder(7, 8).parent(9).time(5, 1).build();
    FoundTrace trace =
        engine
            .search(
                new MemorySpanSource(List.of(orphan)),
                SearchRequest.of(ALL, 0, 9, 1, 1),
                Cancellation.NONE)
            .traces()
            .getFirst();
    assertThat(trace.rootName()).isNull();
    assertThat(trace.rootService()).isNull();
    assertThat(trace.services()).containsOnlyKeys("");
  }

  @Test
  void range_isThatOfWholeTraces() {
    String later = "{ name = \"query\" }";
    for (long[] range : new long[][] {{0, 10_000}, {10_100, 99_000}, {10_050, 10_051}}) {
      assertThat(
              engine
                  .search(
                      Shop.source(),
                      SearchRequest.of(
                          TraceQlParser.parse(later),
                          range[0] * Shop.MILLI,
                          range[1] * Shop.MILLI,
                          20,
                          3),
                      Cancellation.NONE)
                  .traces())
          .hasSize(1);
    }
    assertThat(
            engine
                .search(
                    Shop.source(),
                    SearchRequest.of(
                        TraceQlParser.parse(later), 10_101 * Shop.MILLI, 99 * Shop.SECOND, 20, 3),
                    Cancellation.NONE)
                .traces())
        .isEmpty();
  }

  /** Traces of two spans, one a second. */
  private static SpanSource many(int traces) {
    List<PlainSpan> spans = new ArrayList<>();
    for (int i = 1; i <= traces; i++) {
      spans.add(PlainSpan.builder(i, 1).time(i * Shop.SECOND, 5).service("s").build());
      spans.add(PlainSpan.builder(i, 2).parent(1).time(i * Shop.SECOND, 1).service("s").build());
    }
    return new MemorySpanSource(spans);
  }

  @Test
  void search_endsWhereNothingBetterCanCome() {
    SearchRequest request = SearchRequest.of(ALL, 0, Long.MAX_VALUE, 3, 1);
    SearchAnswer answer = engine.search(many(2_000), request, Cancellation.NONE);
    assertThat(answer.traces())
        .extracting(FoundTrace::traceLow)
        .containsExactly(2_000L, 1_999L, 1_998L);
    assertThat(answer.exact()).isFalse();
    assertThat(answer.total()).isBetween(3L, 1_999L);
    assertThat(answer.tracesRead()).isLessThan(2_000);
    assertThat(answer.next()).isNotNull();
    SearchAnswer exact =
        engine.search(many(2_000), request.withExactTotal(true), Cancellation.NONE);
    assertThat(exact.traces()).isEqualTo(answer.traces());
    assertThat(exact.exact()).isTrue();
    assertThat(exact.total()).isEqualTo(2_000);
    assertThat(exact.next()).isEqualTo(answer.next());
  }

  @Test
  void total_isExactWhereAllWasRead() {
    SearchRequest request = SearchRequest.of(ALL, 0, Long.MAX_VALUE, 2, 1);
    SearchAnswer two = engine.search(many(4), request, Cancellation.NONE);
    assertThat(two.total()).isEqualTo(4);
    assertThat(two.exact()).isTrue();
    assertThat(two.next()).isNotNull();
    SearchAnswer last = engine.search(many(4), request.after(two.next()), Cancellation.NONE);
    assertThat(last.traces()).extracting(FoundTrace::traceLow).containsExactly(2L, 1L);
    assertThat(last.next()).isNull();
    SearchAnswer four =
        engine.search(many(4), SearchRequest.of(ALL, 0, Long.MAX_VALUE, 4, 1), Cancellation.NONE);
    assertThat(four.exact()).isTrue();
    assertThat(four.next()).isNull();
  }

  @Test
  void memory_isCountedOfListsAndNames() {
    SpanValue list = new SpanValue.Array(Collections.nCopies(1_000, SpanValue.of("x".repeat(100))));
    String key = "k".repeat(60_000);
    for (PlainSpan.Builder span :
        List.of(
            PlainSpan.builder(1, 1).attribute("a", list),
            PlainSpan.builder(1, 1).attribute("a", new SpanValue.Other("x".repeat(60_000))),
            PlainSpan.builder(1, 1).attribute(key, SpanValue.of(1)))) {
      SpanSource source = new MemorySpanSource(List.of(span.time(1, 1).build()));
      Query query = TraceQlParser.parse("{} | select(.a, ." + key + ")");
      assertThatThrownBy(
              () ->
                  new TraceQlEngine(QueryLimits.DEFAULT.withMaxMemoryBytes(50_000))
                      .search(source, SearchRequest.of(query, 0, 9, 1, 1), Cancellation.NONE))
          .isInstanceOf(TraceQlException.LimitExceeded.class);
    }
  }

  @Test
  void columns_areReadOnceABatch() {
    SourceParts counted = SourceParts.counting(many(100), "column");
    engine.search(counted, SearchRequest.of(ALL, 0, Long.MAX_VALUE, 100, 3), Cancellation.NONE);
    // What the answer takes of them: start, name, service, duration and status.
    assertThat(counted.calls().get()).isLessThan(20);
  }

  @Test
  void token_isReadBack() {
    PageToken token = new PageToken(1_780_000_000_000_000_000L, -1, 0x1f, 40);
    assertThat(PageToken.parse(token.text())).isEqualTo(token);
    for (String bad : List.of("", "1.2.3", token.text() + "x", "a" + token.text(), "1..2")) {
      assertThatThrownBy(() -> PageToken.parse(bad))
          .isInstanceOf(TraceQlException.BadData.class)
          .hasMessage("invalid page token: " + bad);
    }
  }

  @Test
  void limits_areNamedWithTheirSettings() {
    SearchRequest request = SearchRequest.of(ALL, 0, Long.MAX_VALUE, 100, 100).withExactTotal(true);
    assertLimit(QueryLimits.DEFAULT.withMaxTraces(99), request, "traces.query.max-traces (99)");
    assertLimit(QueryLimits.DEFAULT.withMaxSpans(1_000), request, "raise traces.query.max-spans");
    assertLimit(QueryLimits.DEFAULT.withMaxMemoryBytes(9_000), request, "raise query.max-memory");
    // Groups count while a batch is looked at, though none of them is in the answer.
    Query groups = TraceQlParser.parse("{} | by(span:id) | count() > 2");
    assertLimit(
        QueryLimits.DEFAULT.withMaxMemoryBytes(9_000),
        SearchRequest.of(groups, 0, Long.MAX_VALUE, 1, 1),
        "raise query.max-memory");
    new TraceQlEngine(QueryLimits.DEFAULT.withMaxMemoryBytes(400_000))
        .search(many(2_000), SearchRequest.of(groups, 0, Long.MAX_VALUE, 1, 1), Cancellation.NONE);
  }

  @Test
  void combinationsOfEvents_areBoundedByTheirSetting() {
    SearchRequest request =
        SearchRequest.of(
            TraceQlParser.parse("{ event:name != event:name }"), 0, Long.MAX_VALUE, 10, 10);

    assertThatThrownBy(
            () ->
                new TraceQlEngine(QueryLimits.DEFAULT.withMaxCombinations(3))
                    .search(Shop.source(), request, Cancellation.NONE))
        .isInstanceOf(TraceQlException.LimitExceeded.class)
        .hasMessage(
            "a span has more than 3 combinations of events and links in event:name != event:name;"
                + " ask for less of them, or raise traces.query.max-combinations");
    assertThat(
            new TraceQlEngine(QueryLimits.DEFAULT.withMaxCombinations(4))
                .search(Shop.source(), request, Cancellation.NONE)
                .traces())
        .hasSize(1);
  }

  private static void assertLimit(QueryLimits limits, SearchRequest request, String setting) {
    assertThatThrownBy(
            () -> new TraceQlEngine(limits).search(many(2_000), request, Cancellation.NONE))
        .isInstanceOf(TraceQlException.LimitExceeded.class)
        .hasMessageContaining(setting);
  }

  @Test
  void time_isKeptByTheGivenClock() {
    AtomicLong now = new AtomicLong();
    TraceQlEngine timed =
        new TraceQlEngine(
            QueryLimits.DEFAULT.withTimeout(Duration.ofSeconds(2)),
            () -> now.getAndAdd(Shop.SECOND));
    assertThatThrownBy(
            () ->
                timed.search(
                    many(2_000),
                    SearchRequest.of(ALL, 0, Long.MAX_VALUE, 100, 3),
                    Cancellation.NONE))
        .isInstanceOf(TraceQlException.Timeout.class)
        .hasMessage("query timed out after 2s; ask for less at once or raise query.timeout");
  }

  @Test
  void cancellation_endsTheQuery() {
    assertThatThrownBy(
            () ->
                engine.search(
                    many(10), SearchRequest.of(ALL, 0, Long.MAX_VALUE, 100, 3), () -> true))
        .isInstanceOf(TraceQlException.Canceled.class);
  }

  @Test
  void badRequests_areRefused() {
    assertThatThrownBy(
            () ->
                engine.search(
                    many(1),
                    SearchRequest.of(TraceQlParser.parse("{} | rate()"), 0, 9, 1, 1),
                    Cancellation.NONE))
        .isInstanceOf(TraceQlException.BadData.class);
    assertThatThrownBy(
            () -> engine.search(many(1), SearchRequest.of(ALL, 0, 9, 0, 1), Cancellation.NONE))
        .isInstanceOf(TraceQlException.BadData.class);
  }

  @Test
  void aDeepAndWideTrace_isSearchedInLinearTime() {
    List<PlainSpan> spans = new ArrayList<>();
    int count = Boolean.getBoolean("sextant.long") ? 500_000 : 120_000;
    for (int i = 1; i <= count; i++) {
      int parent = i <= 100_000 ? i - 1 : 1 + i % 100_000;
      spans.add(
          PlainSpan.builder(1, i)
              .parent(parent)
              .time(i, 1)
              .attribute("n", SpanValue.of((long) i))
              .build());
    }
    SpanSource source = new MemorySpanSource(spans);
    assertThat(matched(source, "{ .n = 1 } >> { .n >= 100000 }")).isEqualTo(count - 99_999L);
    long below2 = IntStream.rangeClosed(100_001, count).filter(i -> i % 100_000 <= 1).count();
    assertThat(matched(source, "{ .n > 2 } !>> {}")).isEqualTo(3 + below2);
    assertThat(matched(source, "{} << { .n < 1000 }")).isEqualTo(999);
    assertThat(matched(source, "{} &~ {}")).isPositive();
    // As many spansets as spans, each with an operator on it.
    assertThat(matched(source, "{} | by(span:id) | {} !>> {} | count() = 1")).isEqualTo(1);
  }

  private long matched(SpanSource source, String query) {
    return engine
        .search(
            source,
            SearchRequest.of(TraceQlParser.parse(query), 0, Long.MAX_VALUE, 1, 0),
            Cancellation.NONE)
        .traces()
        .getFirst()
        .spansets()
        .getFirst()
        .matched();
  }
}
