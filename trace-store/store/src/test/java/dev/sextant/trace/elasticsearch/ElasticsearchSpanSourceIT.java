package dev.sextant.trace.elasticsearch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sextant.storage.Position;
import dev.sextant.storage.elasticsearch.ElasticsearchSettings;
import dev.sextant.testing.elasticsearch.RealElasticsearch;
import dev.sextant.trace.PlainPayload;
import dev.sextant.trace.SpanBatch;
import dev.sextant.trace.model.PlainSpan;
import dev.sextant.trace.model.SpanCondition;
import dev.sextant.trace.model.SpanCondition.Op;
import dev.sextant.trace.model.SpanField;
import dev.sextant.trace.model.SpanRequest;
import dev.sextant.trace.model.SpanSource;
import dev.sextant.trace.model.SpanSourceContract;
import dev.sextant.trace.model.SpanValue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ElasticsearchSpanSourceIT extends SpanSourceContract {
  @RegisterExtension static final RealElasticsearch SERVER = new RealElasticsearch();

  private final List<ElasticsearchTraceStore> stores = new ArrayList<>();

  @Override
  protected SpanSource source(List<List<PlainSpan>> pieces) {
    ElasticsearchTraceStore store =
        ElasticsearchTraceStore.open(
            ElasticsearchSettings.of(SERVER.url()).withIndexPrefix("test-" + UUID.randomUUID()),
            "journal",
            new ElasticsearchTraceLimits(10_000, 100, Duration.ofDays(1)));
    stores.add(store);
    long row = 0;
    for (List<PlainSpan> piece : pieces) {
      SpanBatch batch = PlainPayload.batch("default", piece);
      store.apply(batch, new Position(row, 1_780_000_000_000L));
      row += batch.rows();
    }
    return store.spans("default");
  }

  @AfterEach
  void close() {
    stores.forEach(ElasticsearchTraceStore::close);
  }

  private static final long T0 = 1_780_000_000_000_000_000L;

  /** One span of many that has everything which conditions ask for. */
  private SpanSource onlyOneMatches() {
    List<PlainSpan> spans = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      PlainSpan.Builder span =
          PlainSpan.builder(i + 1, i + 1)
              .time(T0 + i, 5)
              .name("n" + i)
              .kind(1)
              .service("s")
              .attribute("n", SpanValue.of((long) i))
              .attribute("d", SpanValue.of(i / 2.0))
              .attribute("t", SpanValue.of("text " + i))
              .attribute("list", new SpanValue.Array(List.of(SpanValue.of("x"))));
      if (i == 7) {
        span.status(2, "broken")
            .kind(3)
            .attribute("only", new SpanValue.Array(List.of()))
            .attribute("flag", SpanValue.of(true))
            .attribute("list", new SpanValue.Array(List.of(SpanValue.of("x"), SpanValue.of("y"))))
            .scope("lib", "7")
            .scopeAttribute("of.scope", SpanValue.of(7L))
            .event(new PlainSpan.Event("boom", T0, Map.of("e", SpanValue.of("v"))))
            .link(new PlainSpan.Link(0, 99, 98, Map.of("l", SpanValue.of(false))));
      }
      spans.add(span.build());
    }
    return source(List.of(spans));
  }

  private static SpanCondition compare(SpanField field, SpanCondition.Op op, SpanValue value) {
    return new SpanCondition.Compare(field, op, value);
  }

  private static SpanField attribute(SpanField.Scope scope, String key) {
    return new SpanField.Attribute(scope, key);
  }

  @Test
  void conditions_areAskedOfTheCluster() {
    SpanSource source = onlyOneMatches();
    List<SpanCondition> conditions =
        List.of(
            compare(SpanField.Intrinsic.NAME, Op.EQUAL, SpanValue.of("n7")),
            compare(SpanField.Intrinsic.NAME, Op.MATCHES, SpanValue.of("n7|m")),
            compare(SpanField.span("t"), Op.MATCHES, SpanValue.of("text 7.*")),
            compare(SpanField.Intrinsic.KIND, Op.GREATER, SpanValue.of(2L)),
            compare(SpanField.Intrinsic.STATUS, Op.NOT_EQUAL, SpanValue.of(0L)),
            compare(SpanField.Intrinsic.STATUS_MESSAGE, Op.EQUAL, SpanValue.of("broken")),
            compare(SpanField.Intrinsic.START, Op.EQUAL, SpanValue.of(T0 + 7)),
            compare(SpanField.Intrinsic.INSTRUMENTATION_NAME, Op.EQUAL, SpanValue.of("lib")),
            compare(SpanField.Intrinsic.INSTRUMENTATION_VERSION, Op.EQUAL, SpanValue.of("7")),
            compare(SpanField.Intrinsic.EVENT_NAME, Op.EQUAL, SpanValue.of("boom")),
            compare(SpanField.Intrinsic.LINK_SPAN_ID, Op.EQUAL, SpanValue.of("0000000000000062")),
            compare(SpanField.span("n"), Op.EQUAL, SpanValue.of(7.0)),
            compare(SpanField.span("d"), Op.EQUAL, SpanValue.of(3.5)),
            compare(SpanField.span("flag"), Op.EQUAL, SpanValue.of(true)),
            compare(SpanField.span("list"), Op.EQUAL, SpanValue.of("y")),
            new SpanCondition.Present(SpanField.span("only")),
            compare(
                attribute(SpanField.Scope.INSTRUMENTATION, "of.scope"), Op.LESS, SpanValue.of(8.5)),
            compare(attribute(SpanField.Scope.EVENT, "e"), Op.EQUAL, SpanValue.of("v")),
            compare(attribute(SpanField.Scope.LINK, "l"), Op.EQUAL, SpanValue.of(false)));
    for (SpanCondition condition : conditions) {
      for (SpanRequest.Unit unit : SpanRequest.Unit.values()) {
        List<Long> found = new ArrayList<>();
        SpanSource.Inspected inspected =
            source.read(
                new SpanRequest(unit, T0, T0 + 100, List.of(condition), Set.of(), () -> {}),
                batch -> {
                  for (int row = 0; row < batch.rows(); row++) {
                    found.add(batch.spanIds()[row]);
                  }
                  return true;
                });
        assertThat(found).as("%s", condition).containsExactly(8L);
        assertThat(inspected.spans()).as("%s", condition).isEqualTo(1);
      }
    }
  }

  @Test
  void trace_isFoundBySpansNoFartherFromTheRangeThanItsBound() {
    long day = Duration.ofDays(1).toNanos();
    SpanSource source =
        source(
            List.of(
                List.of(
                    PlainSpan.builder(1, 1).time(T0, 3 * day).name("root").build(),
                    PlainSpan.builder(1, 2).time(T0 + day, 1).name("within").build(),
                    PlainSpan.builder(1, 3).time(T0 + 2 * day, 1).name("beyond").build())));
    assertThat(tracesWith(source, "root")).isEqualTo(1);
    assertThat(tracesWith(source, "within")).isEqualTo(1);
    assertThat(tracesWith(source, "beyond")).isZero();
  }

  private static int tracesWith(SpanSource source, String name) {
    int[] traces = new int[1];
    source.read(
        new SpanRequest(
            SpanRequest.Unit.TRACES,
            T0,
            T0 + 10,
            List.of(compare(SpanField.Intrinsic.NAME, Op.EQUAL, SpanValue.of(name))),
            Set.of(),
            () -> {}),
        batch -> {
          traces[0] += batch.traces();
          return true;
        });
    return traces[0];
  }
}
