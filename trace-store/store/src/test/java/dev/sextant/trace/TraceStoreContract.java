package dev.sextant.trace;

import static dev.sextant.trace.SpanPayload.attribute;
import static dev.sextant.trace.SpanPayload.failed;
import static dev.sextant.trace.SpanPayload.of;
import static dev.sextant.trace.SpanPayload.span;
import static dev.sextant.trace.SpanPayload.spanId;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sextant.storage.TimeRange;
import dev.sextant.storage.otlp.TraceId;
import dev.sextant.trace.TraceSummary.ServicePart;
import io.opentelemetry.proto.trace.v1.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * What every trace store promises. An implementation's test extends it and says how its store is
 * opened.
 */
public abstract class TraceStoreContract extends TraceFilterContract {
  @Test
  void search_ordersByNewestMatchingSpan() {
    apply(
        of(
            "shop",
            span(1, 1, "match", T0 + 10),
            span(1, 2, "other", T0 + 100),
            span(2, 1, "match", T0 + 50),
            span(3, 1, "match", T0 + 20),
            span(3, 2, "match", T0 + 70)));
    assertThat(found(equal(SpanField.NAME, "match"))).containsExactly(3L, 2L, 1L);
  }

  @Test
  void search_summarisesAllSpansOfATrace() {
    apply(
        of(
            "shop",
            span(1, 1, "GET /", T0).setEndTimeUnixNano(T0 + 100),
            span(1, 2, "query", T0 + 10)
                .setParentSpanId(spanId(1))
                .setEndTimeUnixNano(T0 + 40)
                .setStatus(failed())));
    apply(
        of(
            "db",
            span(1, 3, "select", T0 + 20).setParentSpanId(spanId(2)).setEndTimeUnixNano(T0 + 35)),
        of(
            "queue",
            span(1, 4, "send", T0 + 90).setParentSpanId(spanId(1)).setEndTimeUnixNano(T0 + 150)));
    TracePage page = search(new TimeRange(T0 + 20, T0 + 21), equal(SpanField.SERVICE, "db"));
    assertThat(page.traces())
        .containsExactly(
            new TraceSummary(
                new TraceId(0, 1),
                "shop",
                "GET /",
                true,
                T0,
                150,
                4,
                1,
                List.of(
                    new ServicePart("shop", 2, 1, 60 + 15),
                    new ServicePart("queue", 1, 0, 60),
                    new ServicePart("db", 1, 0, 15))));
  }

  @Test
  void search_withoutRootNamesTheEarliestSpan() {
    apply(
        of("stock", span(1, 5, "later", T0 + 5).setParentSpanId(spanId(9))),
        of("shop", span(1, 4, "earliest", T0).setParentSpanId(spanId(9))));
    TraceSummary trace = search(SpanFilter.ALL).traces().getFirst();
    assertThat(trace.rootSeen()).isFalse();
    assertThat(trace.rootService()).isEqualTo("shop");
    assertThat(trace.rootName()).isEqualTo("earliest");
  }

  @Test
  void search_pagesThroughEverythingWithoutLossOrRepeat() {
    interleavedTraces(23);
    List<Long> newestFirst = LongStream.iterate(22, i -> i >= 0, i -> i - 1).boxed().toList();
    assertThat(foundByPages(SpanFilter.ALL, 5)).isEqualTo(newestFirst);
    assertThat(foundByPages(SpanFilter.ALL, 1)).isEqualTo(newestFirst);
    assertThat(foundByPages(SpanFilter.ALL, 23)).isEqualTo(newestFirst);
    assertThat(foundByPages(equal(SpanField.SERVICE, "stock"), 4)).isEqualTo(newestFirst);
    assertThat(foundByPages(equal(SpanField.SERVICE, "nobody"), 4)).isEmpty();
  }

  /**
   * Traces whose first spans start together and whose second ones follow in the order of their
   * numbers.
   */
  private void interleavedTraces(int count) {
    for (int i = 0; i < count; i++) {
      apply(of("shop", span(i, 1, "first", T0), span(i, 2, "second", T0 + i * SECOND)));
    }
    for (int i = 0; i < count; i++) {
      apply(of("stock", span(i, 3, "third", T0 + i * SECOND)));
    }
  }

  @Test
  void search_pagesTracesOfOneMomentOnceEach() {
    for (int i = 0; i < 11; i++) {
      apply(of("shop", span(i, 1, "a", T0), span(i, 2, "b", T0)));
    }
    assertThat(foundByPages(SpanFilter.ALL, 3))
        .containsExactlyInAnyOrderElementsOf(LongStream.range(0, 11).boxed().toList());
  }

  @Test
  void search_pagesStayInPlaceWhileNewTracesArrive() {
    interleavedTraces(10);
    TracePage first =
        store.query(new TracePlan.Search(TENANT, TimeRange.ALL, SpanFilter.ALL, 4, null));
    apply(of("shop", span(100, 1, "new", T0 + 100 * SECOND), span(9, 4, "more", T0 + 99 * SECOND)));
    TracePage second =
        store.query(
            new TracePlan.Search(TENANT, TimeRange.ALL, SpanFilter.ALL, 4, first.nextPageToken()));
    assertThat(ids(first)).containsExactly(9L, 8L, 7L, 6L);
    assertThat(ids(second)).containsExactly(5L, 4L, 3L, 2L);
  }

  @Test
  void search_totalIsHonest() {
    interleavedTraces(7);
    TracePage page =
        store.query(new TracePlan.Search(TENANT, TimeRange.ALL, SpanFilter.ALL, 3, null));
    assertThat(page.total()).isBetween(3L, 7L);
    if (page.totalExact() || store.capabilities().exactTotals()) {
      assertThat(page.totalExact()).isTrue();
      assertThat(page.total()).isEqualTo(7);
    }
    assertThat(search(equal(SpanField.NAME, "none")).total()).isZero();
  }

  @Test
  void fieldValues_areDistinctAndInOrder() {
    apply(
        of(
            List.of(attribute("service.name", "shop"), attribute("zone", "a")),
            span(1, 1, "b", T0).addAttributes(attribute("user", "x")),
            span(1, 2, "a", T0).addAttributes(attribute("zone", "b")),
            span(2, 1, "b", T0 + SECOND).setStatus(failed())),
        of("db", span(2, 2, "c", T0 + SECOND)));
    assertThat(values(SpanField.SERVICE, SpanFilter.ALL, 10)).containsExactly("db", "shop");
    assertThat(values(SpanField.NAME, SpanFilter.ALL, 10)).containsExactly("a", "b", "c");
    assertThat(values(SpanField.NAME, SpanFilter.ALL, 2)).containsExactly("a", "b");
    assertThat(values(SpanField.NAME, equal(SpanField.SERVICE, "shop"), 10))
        .containsExactly("a", "b");
    assertThat(values(SpanField.STATUS, SpanFilter.ALL, 10)).containsExactly("error", "unset");
    assertThat(values(spanField("user"), SpanFilter.ALL, 10)).containsExactly("x");
    assertThat(values(spanField("zone"), SpanFilter.ALL, 10)).containsExactly("b");
    assertThat(values(resourceField("zone"), SpanFilter.ALL, 10)).containsExactly("a");
    assertThat(values(anyField("zone"), SpanFilter.ALL, 10)).containsExactly("a", "b");
    assertThat(values(spanField("nothing"), SpanFilter.ALL, 10)).isEmpty();
    assertThat(
            store.query(
                new TracePlan.FieldValues(
                    TENANT, new TimeRange(T0, T0 + 1), SpanFilter.ALL, SpanField.SERVICE, 10)))
        .containsExactly("shop");
  }

  private List<String> values(SpanField field, SpanFilter filter, int limit) {
    return store.query(new TracePlan.FieldValues(TENANT, TimeRange.ALL, filter, field, limit));
  }

  @Test
  void queriesWhileApplyingSeeEveryAppliedSpan() {
    AtomicInteger applied = new AtomicInteger();
    CompletableFuture<List<String>> reader =
        CompletableFuture.supplyAsync(
            () -> {
              List<String> missed = new ArrayList<>();
              int seen = 0;
              while (seen < 30) {
                int floor = applied.get();
                seen = spans(1).size();
                int listed =
                    search(SpanFilter.ALL).traces().stream().mapToInt(TraceSummary::spans).sum();
                if (seen < floor || listed < floor) {
                  missed.add(
                      "of "
                          + floor
                          + " applied spans, "
                          + seen
                          + " by id and "
                          + listed
                          + " in search");
                  return missed;
                }
              }
              return missed;
            });
    for (int i = 1; i <= 30; i++) {
      Span.Builder next = span(1, i, "op", T0 + i);
      apply(of("shop", next));
      applied.set(i);
    }
    assertThat(reader.join()).isEmpty();
  }
}
