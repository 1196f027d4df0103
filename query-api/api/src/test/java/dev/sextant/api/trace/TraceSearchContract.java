package dev.sextant.api.trace;

import static dev.sextant.trace.SpanPayload.attribute;
import static dev.sextant.trace.SpanPayload.failed;
import static dev.sextant.trace.SpanPayload.of;
import static dev.sextant.trace.SpanPayload.span;
import static dev.sextant.trace.SpanPayload.spanId;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sextant.api.access.Access;
import dev.sextant.api.access.Principal;
import dev.sextant.api.access.Role;
import dev.sextant.storage.Position;
import dev.sextant.storage.TimeRange;
import dev.sextant.trace.PlainPayload;
import dev.sextant.trace.SpanBatch;
import dev.sextant.trace.SpanPayload;
import dev.sextant.trace.TraceStore;
import dev.sextant.trace.TraceSummary;
import dev.sextant.trace.model.MemorySpanSource;
import dev.sextant.trace.model.PlainSpan;
import dev.sextant.trace.model.RandomSpans;
import dev.sextant.traceql.Cancellation;
import dev.sextant.traceql.FoundTrace;
import dev.sextant.traceql.QueryLimits;
import dev.sextant.traceql.SearchRequest;
import dev.sextant.traceql.TraceQlEngine;
import dev.sextant.traceql.ast.Query;
import dev.sextant.traceql.parse.TraceQlParser;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What searching promises, whatever store is searched. */
abstract class TraceSearchContract {
  private static final long T0 = 1_780_000_000_000_000_000L;
  private static final long SECOND = 1_000_000_000L;
  private static final Access ACCESS =
      new Access(new Principal("test", Set.of(Role.VIEWER)), Access.DEFAULT_TENANT);
  private static final TraceQlEngine ENGINE = new TraceQlEngine(QueryLimits.DEFAULT);

  @TempDir Path dir;
  private TraceStore store;
  private TraceQueries queries;
  private long row;

  abstract TraceStore open(Path directory);

  @BeforeEach
  final void openStore() {
    store = open(dir);
    queries = new TraceQueries(store, new TraceQlQueries(ENGINE, store::spans));
  }

  @AfterEach
  final void closeStore() {
    store.close();
  }

  private void apply(ResourceSpans... parts) {
    apply(SpanPayload.batch("default", parts));
  }

  private void apply(SpanBatch batch) {
    store.apply(batch, new Position(row, T0 / 1_000_000));
    row += batch.rows();
  }

  private TracePage page(String query, int limit, String page) {
    return queries.search(ACCESS, TimeRange.ALL, TraceQlParser.parse(query), limit, page, false);
  }

  private static List<Long> ids(TracePage page) {
    return page.traces().stream().map(trace -> trace.traceId().low()).toList();
  }

  private List<Long> found(String query) {
    TracePage page = page(query, 1000, null);
    assertThat(page.total()).isEqualTo(page.traces().size());
    assertThat(page.totalExact()).isTrue();
    assertThat(page.nextPage()).isNull();
    return ids(page);
  }

  /** All pages of a search, checked to be full but for the last ones. */
  private List<Long> foundByPages(String query, int limit) {
    List<Long> all = new ArrayList<>();
    String token = null;
    do {
      TracePage page = page(query, limit, token);
      token = page.nextPage();
      assertThat(page.traces()).hasSizeBetween(token == null ? 0 : limit, limit);
      all.addAll(ids(page));
      assertThat(page.total()).isGreaterThanOrEqualTo(all.size());
    } while (token != null);
    return all;
  }

  /** Traces that begin one after the other, and whose parts arrive in turns. */
  private void interleavedTraces(int count) {
    for (int i = 0; i < count; i++) {
      apply(of("shop", span(i + 1, 1, "first", T0 + i * SECOND)));
    }
    for (int i = count - 1; i >= 0; i--) {
      apply(of("stock", span(i + 1, 2, "second", T0 + i * SECOND + 5).setParentSpanId(spanId(1))));
    }
  }

  private static List<Long> newestFirst(long from, long to) {
    return LongStream.iterate(from, i -> i >= to, i -> i - 1).boxed().toList();
  }

  @Test
  void search_ordersByStartNewestFirst() {
    apply(
        of(
            "shop",
            span(1, 1, "match", T0 + 10),
            span(2, 1, "match", T0 + 50),
            span(3, 1, "other", T0 + 5),
            span(3, 2, "match", T0 + 70)));
    assertThat(found("{ name = `match` }")).containsExactly(2L, 1L, 3L);
  }

  @Test
  void search_pagesThroughEverythingWithoutLossOrRepeat() {
    interleavedTraces(23);
    assertThat(foundByPages("{}", 5)).isEqualTo(newestFirst(23, 1));
    assertThat(foundByPages("{}", 1)).isEqualTo(newestFirst(23, 1));
    assertThat(foundByPages("{}", 23)).isEqualTo(newestFirst(23, 1));
    assertThat(foundByPages("{ resource.service.name = `stock` }", 4))
        .isEqualTo(newestFirst(23, 1));
    assertThat(foundByPages("{ name = `first` } > { name = `second` }", 4))
        .isEqualTo(newestFirst(23, 1));
    assertThat(foundByPages("{ resource.service.name = `nobody` }", 4)).isEmpty();
  }

  @Test
  void search_pagesTracesOfOneMomentOnceEach() {
    for (int i = 1; i <= 11; i++) {
      apply(of("shop", span(i, 1, "a", T0), span(i, 2, "b", T0)));
    }
    assertThat(foundByPages("{}", 3))
        .containsExactlyInAnyOrderElementsOf(LongStream.rangeClosed(1, 11).boxed().toList());
  }

  @Test
  void search_pagesStayInPlaceWhileNewTracesArrive() {
    interleavedTraces(10);
    TracePage first = page("{}", 4, null);
    apply(of("shop", span(100, 1, "new", T0 + 100 * SECOND), span(9, 4, "more", T0 + 99 * SECOND)));
    TracePage second = page("{}", 4, first.nextPage());
    assertThat(ids(first)).containsExactly(10L, 9L, 8L, 7L);
    assertThat(ids(second)).containsExactly(6L, 5L, 4L, 3L);
  }

  @Test
  void search_totalIsHonestAndExactWhereItIsAskedFor() {
    interleavedTraces(40);
    TracePage some = page("{}", 3, null);
    assertThat(some.total()).isBetween(3L, 40L);
    assertThat(some.totalExact()).isEqualTo(some.total() == 40);
    TracePage exact =
        queries.search(ACCESS, TimeRange.ALL, TraceQlParser.parse("{}"), 3, null, true);
    assertThat(exact.total()).isEqualTo(40);
    assertThat(exact.totalExact()).isTrue();
    assertThat(page("{ name = `none` }", 3, null).total()).isZero();
  }

  @Test
  void search_rangeTakesTracesThatReachIntoIt() {
    apply(
        of(
            "shop",
            span(1, 1, "long", T0).setEndTimeUnixNano(T0 + 10 * SECOND),
            span(2, 1, "before", T0).setEndTimeUnixNano(T0 + SECOND),
            span(3, 1, "after", T0 + 9 * SECOND)));
    Query query = TraceQlParser.parse("{}");
    assertThat(
            ids(
                queries.search(
                    ACCESS,
                    new TimeRange(T0 + 4 * SECOND, T0 + 9 * SECOND),
                    query,
                    10,
                    null,
                    false)))
        .containsExactly(1L);
    assertThat(
            ids(
                queries.search(
                    ACCESS,
                    new TimeRange(T0 + 4 * SECOND, T0 + 9 * SECOND + 1),
                    query,
                    10,
                    null,
                    false)))
        .containsExactly(3L, 1L);
  }

  @Test
  void search_attributeWithoutScopeIsTheSpansBeforeTheResources() {
    apply(
        of(
            List.of(attribute("service.name", "shop"), attribute("zone", "a")),
            span(1, 1, "x", T0),
            span(2, 1, "x", T0 + 1).addAttributes(attribute("zone", "b")),
            span(3, 1, "x", T0 + 2).addAttributes(attribute("user", "a"))));
    assertThat(found("{ .zone = `a` }")).containsExactly(3L, 1L);
    assertThat(found("{ .zone = `b` }")).containsExactly(2L);
    assertThat(found("{ .user = `a` }")).containsExactly(3L);
    assertThat(found("{ !(.user = `a`) }")).containsExactly(2L, 1L);
    assertThat(found("{ span.zone = nil }")).containsExactly(3L, 1L);
    assertThat(found("{ true && false }")).isEmpty();
  }

  @Test
  void search_summariesAreOfTheWholeTrace() {
    apply(
        of("shop", span(1, 1, "GET /", T0).setEndTimeUnixNano(T0 + 100)),
        of(
            "db",
            span(1, 2, "select", T0 + 10)
                .setParentSpanId(spanId(1))
                .setEndTimeUnixNano(T0 + 40)
                .setStatus(failed())));
    TraceSummary summary = page("{ name = `select` }", 10, null).traces().getFirst();
    assertThat(summary.rootService()).isEqualTo("shop");
    assertThat(summary.rootName()).isEqualTo("GET /");
    assertThat(summary.spans()).isEqualTo(2);
    assertThat(summary.errors()).isEqualTo(1);
    assertThat(summary.durationNanos()).isEqualTo(100);
  }

  /** Every query finds over a store what it finds over the same spans as objects. */
  @Test
  void search_findsWhatItFindsOverObjects() {
    List<String> asked =
        List.of(
            "{}",
            "{ .http.method = `GET` }",
            "{ .http.method != `GET` }",
            "{ !(.http.method = `GET`) }",
            "{ span.code >= 300 && resource.service.name =~ `shop.*` }",
            "{ .mixed > 1 || .flag }",
            "{ .list = `GET` }",
            "{ span.list != `GET` }",
            "{ event.exception.type = `IOException` }",
            "{ event:name = `retry` && link:spanID != nil }",
            "{ instrumentation:name = `jdbc` && instrumentation:version = `1.2` }",
            "{ status = error && statusMessage =~ `.*e.*` }",
            "{ kind = server && duration > 500ms }",
            "{ rootName = `GET /` && rootServiceName = `shop` }",
            "{ traceDuration > 2s && span:childCount > 1 }",
            "{ span.ratio * 2 > span.code - 199 }",
            "{ name = `query` } && { name = `pay` }",
            "{ name = `query` } || { status = error }",
            "{ kind = server } > { kind = client }",
            "{ resource.service.name = `shop` } >> { status = error }",
            "{ status = error } << { kind = server }",
            "{ name = `GET` } ~ { name = `query` }",
            "{ kind = client } !>> { status = error }",
            "{ kind = server } &>> { status = error }",
            "{ status = error } | count() > 2",
            "{ status = error } | by(resource.service.name) | count() > 1",
            "{} | avg(duration) > 800ms",
            "{ kind = server } | max(span.ratio) >= 2 | select(span.code)");
    List<List<PlainSpan>> pieces = new RandomSpans(7, T0, 3600 * SECOND, true).pieces(80);
    pieces.forEach(piece -> apply(PlainPayload.batch("default", piece)));
    MemorySpanSource objects = new MemorySpanSource(pieces.stream().flatMap(List::stream).toList());
    int nothing = 0;
    for (String query : asked) {
      SearchRequest request =
          SearchRequest.of(
                  TraceQlParser.parse(query), T0 + 600 * SECOND, T0 + 4000 * SECOND, 1000, 3)
              .withExactTotal(true);
      List<FoundTrace> expected = ENGINE.search(objects, request, Cancellation.NONE).traces();
      assertThat(ENGINE.search(store.spans("default"), request, Cancellation.NONE).traces())
          .as(query)
          .isEqualTo(expected);
      nothing += expected.isEmpty() ? 1 : 0;
    }
    assertThat(nothing).as("queries that find nothing").isLessThan(asked.size() / 4);
  }
}
