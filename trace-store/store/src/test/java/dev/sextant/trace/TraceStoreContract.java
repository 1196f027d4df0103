package dev.sextant.trace;

import static dev.sextant.trace.SpanPayload.attribute;
import static dev.sextant.trace.SpanPayload.failed;
import static dev.sextant.trace.SpanPayload.of;
import static dev.sextant.trace.SpanPayload.span;
import static dev.sextant.trace.SpanPayload.spanId;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sextant.storage.otlp.TraceId;
import dev.sextant.trace.TraceSummary.ServicePart;
import dev.sextant.trace.model.SpanCondition;
import dev.sextant.trace.model.SpanField;
import dev.sextant.trace.model.SpanField.Intrinsic;
import dev.sextant.trace.model.SpanRequest;
import dev.sextant.trace.model.SpanRequest.Unit;
import dev.sextant.trace.model.SpanValue;
import io.opentelemetry.proto.trace.v1.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/**
 * What every trace store promises. An implementation's test extends it and says how its store is
 * opened.
 */
public abstract class TraceStoreContract extends TraceFilterContract {
  @Test
  void summary_isOfAllSpansOfATrace() {
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
    assertThat(summaries(1))
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
                0,
                0,
                List.of(
                    new ServicePart("shop", 2, 1, 60 + 15),
                    new ServicePart("queue", 1, 0, 60),
                    new ServicePart("db", 1, 0, 15))));
  }

  @Test
  void summary_countsCallsOfDatabasesAndCaches_lateOnesWhenTheyArrive() {
    apply(
        of(
            "shop",
            span(1, 1, "GET /", T0).addAttributes(attribute("db.system", "of no client")),
            call(2, 20).addAttributes(attribute("db.system", "h2")),
            call(3, 300).addAttributes(attribute("db.system.name", "redis")),
            call(4, 4_000)
                .addAttributes(attribute("db.system.name", ""))
                .addAttributes(attribute("db.system", "mysql"))
                .addAttributes(attribute("db.system", "")),
            call(5, 50_000)
                .addAttributes(attribute("db.system", ""))
                .addAttributes(attribute("db.system", "the second does not count")),
            call(6, 600_000).addAttributes(attribute("db.system", 7)),
            call(7, 7_000_000).addAttributes(attribute("peer.service", "stock"))));
    assertThat(summaries(1).getFirst().databaseCalls()).isEqualTo(3);
    assertThat(summaries(1).getFirst().databaseNanos()).isEqualTo(4_320);

    Span.Builder late = call(8, 80_000_000).addAttributes(attribute("db.system", "h2"));
    apply(of("stock", late));
    apply(of("stock", late));
    assertThat(summaries(1).getFirst().databaseCalls()).isEqualTo(4);
    assertThat(summaries(1).getFirst().databaseNanos()).isEqualTo(80_004_320);
  }

  private static Span.Builder call(long id, long nanos) {
    return span(1, id, "call", T0)
        .setParentSpanId(spanId(1))
        .setKind(Span.SpanKind.SPAN_KIND_CLIENT)
        .setEndTimeUnixNano(T0 + nanos);
  }

  @Test
  void summary_withoutRootNamesTheEarliestSpan() {
    apply(
        of("stock", span(1, 5, "later", T0 + 5).setParentSpanId(spanId(9))),
        of("shop", span(1, 4, "earliest", T0).setParentSpanId(spanId(9))));
    TraceSummary trace = summaries(1).getFirst();
    assertThat(trace.rootSeen()).isFalse();
    assertThat(trace.rootService()).isEqualTo("shop");
    assertThat(trace.rootName()).isEqualTo("earliest");
  }

  @Test
  void summaries_areInTheOrderAskedForAndOfTracesThatAreThere() {
    apply(of("shop", span(1, 1, "a", T0), span(2, 1, "b", T0)), of(List.of(), span(3, 1, "c", T0)));
    assertThat(summaries(2, 7, 3, 1))
        .extracting(TraceSummary::rootName)
        .containsExactly("b", "c", "a");
    assertThat(summaries(3).getFirst().rootService()).isEqualTo("unknown_service");
    assertThat(summaries()).isEmpty();
  }

  @Test
  void values_areDistinctAndInOrder() {
    apply(
        of(
            List.of(attribute("service.name", "shop"), attribute("zone", "a")),
            span(1, 1, "b", T0).addAttributes(attribute("user", "x")),
            span(1, 2, "a", T0).addAttributes(attribute("zone", "b")),
            span(2, 1, "b", T0 + SECOND).setStatus(failed())),
        of("db", span(2, 2, "c", T0 + SECOND).addAttributes(attribute("user", 7))));
    assertThat(values(SpanField.SERVICE, SpanCondition.ALL, 10))
        .containsExactly(SpanValue.of("db"), SpanValue.of("shop"));
    assertThat(values(Intrinsic.NAME, SpanCondition.ALL, 10))
        .containsExactly(SpanValue.of("a"), SpanValue.of("b"), SpanValue.of("c"));
    assertThat(values(Intrinsic.NAME, SpanCondition.ALL, 1)).containsExactly(SpanValue.of("b"));
    assertThat(values(Intrinsic.NAME, equal(SpanField.SERVICE, "shop"), 10))
        .containsExactly(SpanValue.of("a"), SpanValue.of("b"));
    assertThat(values(Intrinsic.STATUS, SpanCondition.ALL, 10))
        .containsExactly(SpanValue.of(0L), SpanValue.of(2L));
    assertThat(values(SpanField.span("user"), SpanCondition.ALL, 10))
        .containsExactly(SpanValue.of("x"), SpanValue.of(7L));
    assertThat(values(SpanField.span("zone"), SpanCondition.ALL, 10))
        .containsExactly(SpanValue.of("b"));
    assertThat(values(SpanField.resource("zone"), SpanCondition.ALL, 10))
        .containsExactly(SpanValue.of("a"));
    assertThat(values(SpanField.span("nothing"), SpanCondition.ALL, 10)).isEmpty();
    assertThat(
            store.spans(TENANT).values(SpanField.SERVICE, T0, T0, SpanCondition.ALL, 10, () -> {}))
        .containsExactly(SpanValue.of("shop"));
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
                int listed = Math.min(rows(Unit.SPANS), rows(Unit.TRACES));
                if (seen < floor || listed < floor) {
                  missed.add(
                      "of "
                          + floor
                          + " applied spans, "
                          + seen
                          + " by id and "
                          + listed
                          + " in queries");
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

  private int rows(Unit unit) {
    int[] rows = new int[1];
    store
        .spans(TENANT)
        .read(
            new SpanRequest(unit, 0, Long.MAX_VALUE, List.of(), Set.of(), () -> {}),
            batch -> {
              rows[0] += batch.rows();
              return true;
            });
    return rows[0];
  }
}
