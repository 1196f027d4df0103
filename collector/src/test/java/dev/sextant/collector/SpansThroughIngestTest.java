package dev.sextant.collector;

import static dev.sextant.collector.fixture.OtlpFixture.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sextant.collector.fixture.Otlp;
import dev.sextant.collector.fixture.SpanPipeline;
import dev.sextant.collector.receive.Outcome;
import dev.sextant.storage.otlp.AttributeValue;
import dev.sextant.trace.Trace;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Span.SpanKind;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From the receiver through names, journal, store and derivation. */
class SpansThroughIngestTest {
  private static final boolean LONG = Boolean.getBoolean("sextant.long");
  private static final int TEN_THOUSAND = 10_000;
  private static final int BATCH = 500;

  @TempDir Path directory;
  private SpanPipeline pipeline;

  @BeforeEach
  void open() throws Exception {
    pipeline = new SpanPipeline(directory);
  }

  @AfterEach
  void close() throws Exception {
    pipeline.close();
  }

  private void send(int count, IntFunction<Span.Builder> span) {
    for (int from = 0; from < count; from += BATCH) {
      Span.Builder[] batch =
          IntStream.range(from, Math.min(count, from + BATCH))
              .mapToObj(span)
              .toArray(Span.Builder[]::new);
      assertThat(pipeline.receive(batch)).isEqualTo(Outcome.ACCEPTED);
    }
  }

  private static Span.Builder named(int number, String name) {
    return Otlp.span(number + 1, 1, NOW).setName(name);
  }

  @Test
  void tenThousandPaths_areOneOperationEverywhere() throws Exception {
    send(TEN_THOUSAND, i -> named(i, "GET /orders/" + i + "/items"));

    assertThat(pipeline.calls()).isEqualTo(Map.of("GET /orders/{id}/items", 10_000.0));
    assertThat(pipeline.storedNames()).containsExactly("GET /orders/{id}/items");
    assertThat(pipeline.replayedNames()).containsExactly("GET /orders/{id}/items");
    assertThat(pipeline.trace(8214).spans().getFirst().attributes().get("url.original"))
        .isEqualTo(new AttributeValue.Text("/orders/8213/items"));
  }

  @Test
  void tenThousandWords_areAHundredAndOneOperationsEverywhere() throws Exception {
    send(TEN_THOUSAND, i -> named(i, "GET /articles/" + word(i)));

    Map<String, Double> calls = pipeline.calls();
    assertThat(calls).hasSize(101).containsEntry("GET /articles/{id}", 9_900.0);
    assertThat(pipeline.storedNames()).containsExactlyElementsOf(calls.keySet());
    assertThat(pipeline.replayedNames()).isEqualTo(calls.keySet());
  }

  /** Letters that no shape tells from a word. */
  private static String word(int number) {
    StringBuilder word = new StringBuilder("w");
    for (int rest = number; rest > 0; rest >>= 4) {
      word.append((char) ('g' + (rest & 15)));
    }
    return word.toString();
  }

  @Test
  void oddMethods_neverBecomeLabels() throws Exception {
    send(
        LONG ? 1_000_000 : 2_000,
        i -> {
          String method = (i % 2 == 0 ? "X" : "get") + i;
          return named(i, i % 4 < 2 ? method : method + " /cart")
              .addAttributes(Otlp.attribute("http.request.method", method));
        });

    assertThat(pipeline.calls()).containsOnlyKeys("HTTP", "HTTP /cart");
    assertThat(pipeline.derived("traces_service_graph_request_total", "client"))
        .containsOnlyKeys("user");
  }

  @Test
  void timesOf1970And2099_rejectTheirSpansAlone() throws Exception {
    Instant past = Instant.EPOCH.plusSeconds(1);
    Instant future = Instant.parse("2099-01-01T00:00:00Z");
    Outcome outcome =
        pipeline.receive(
            Otlp.span(1, 1, NOW),
            Otlp.span(1, 2, past),
            Otlp.span(1, 3, NOW.plusSeconds(1)),
            Otlp.span(1, 4, future),
            Otlp.span(1, 5, NOW.plusSeconds(2)).setEndTimeUnixNano(Otlp.nanos(future)),
            Otlp.span(1, 6, NOW.plusSeconds(3)).setEndTimeUnixNano(Otlp.nanos(past)),
            Otlp.span(1, 7, NOW.plusSeconds(4)).setName("GET /orders/8213"));

    assertThat(outcome)
        .isInstanceOfSatisfying(
            Outcome.Partial.class,
            partial -> {
              assertThat(partial.rejected()).isEqualTo(3);
              assertThat(partial.message())
                  .contains("row 1: its start time", "row 3: its start", "row 4: its end time")
                  .contains("retention.test");
            });
    assertThat(pipeline.trace(1).spans())
        .extracting(dev.sextant.trace.Span::spanId)
        .containsExactly(1L, 3L, 6L, 7L);
    assertThat(pipeline.calls()).isEqualTo(Map.of("GET /", 3.0, "GET /orders/{id}", 1.0));
  }

  @Test
  void spansSentAgain_countOnceAndStandOnce() throws Exception {
    Span.Builder[] batch = {
      Otlp.span(1, 1, NOW).setName("GET /orders/8213"),
      Otlp.span(1, 2, NOW.plusSeconds(1)).setName("GET /cart"),
      Otlp.span(1, 2, NOW.plusSeconds(1)).setName("GET /cart"),
    };
    for (int i = 0; i < 3; i++) {
      assertThat(pipeline.receive(batch)).isEqualTo(Outcome.ACCEPTED);
    }
    assertThat(pipeline.receive(Otlp.span(2, 1, NOW).setName("GET /cart")))
        .isEqualTo(Outcome.ACCEPTED);

    assertThat(pipeline.calls()).isEqualTo(Map.of("GET /orders/{id}", 1.0, "GET /cart", 2.0));
    assertThat(pipeline.trace(1).spans())
        .extracting(dev.sextant.trace.Span::name)
        .containsExactly("GET /orders/{id}", "GET /cart");
  }

  @Test
  void callerAndCalledUnderOneId_areTwoSpans() throws Exception {
    pipeline.receive(
        Otlp.span(1, 1, NOW).setKind(SpanKind.SPAN_KIND_CLIENT).setName("call"),
        Otlp.span(1, 1, NOW).setKind(SpanKind.SPAN_KIND_SERVER).setName("serve"));

    assertThat(pipeline.calls()).isEqualTo(Map.of("call", 1.0, "serve", 1.0));
    assertThat(pipeline.trace(1).spans()).hasSize(2);
  }

  @Test
  void traceOf10008Spans_isExact() throws Exception {
    send(10_008, i -> Otlp.span(7, i + 1, NOW.plusNanos(i)));

    Trace trace = pipeline.trace(7);
    assertThat(trace.spans())
        .extracting(dev.sextant.trace.Span::spanId)
        .containsExactlyElementsOf(LongStream.rangeClosed(1, 10_008).boxed().toList());
    assertThat(pipeline.calls()).isEqualTo(Map.of("GET /", 10_008.0));
  }

  @Test
  void traceBeyondTheBound_countsExactlyAndNamesTheLimit() throws Exception {
    int spans = LONG ? 1_000_000 : 200_001;
    send(spans, i -> Otlp.span(7, i + 1, NOW.plusNanos(i)));
    pipeline.receive(Otlp.span(8, 1, NOW));

    assertThat(pipeline.calls()).isEqualTo(Map.of("GET /", spans + 1.0));
    assertThatThrownBy(() -> pipeline.trace(7))
        .hasMessageContaining("storage.traces.max-trace-spans");
    assertThat(pipeline.trace(8).spans()).hasSize(1);
  }
}
