package dev.sextant.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sextant.storage.LimitExceededException;
import dev.sextant.storage.Position;
import dev.sextant.storage.block.BlockSettings;
import dev.sextant.storage.otlp.TraceId;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Random spans in blocks of every state. */
class TraceByIdTest {
  private static final Instant NOW = Instant.parse("2026-01-15T12:00:00Z");

  @TempDir Path root;
  private EmbeddedTraceStore store;
  private final List<Span> all = new ArrayList<>();

  @BeforeEach
  void fill() {
    BlockSettings blocks =
        BlockSettings.DEFAULT.withBlocks(16, 1 << 20, Duration.ofDays(1)).withoutBackground();
    store =
        EmbeddedTraceStore.open(
            root, TraceStoreSettings.DEFAULT.withBlocks(blocks), InstantSource.fixed(NOW));
    for (int seed = 0; seed < 60; seed++) {
      ExportTraceServiceRequest request = new RandomTraces(seed).request();
      List<Span> spans = ProtoSpans.of(request, all.size());
      if (spans.isEmpty()) {
        continue;
      }
      long day = NOW.plus(Duration.ofDays(seed / 25)).toEpochMilli();
      store.apply(
          new SpanBatch("default", spans.size(), ByteBuffer.wrap(request.toByteArray())),
          new Position(all.size(), day + seed));
      all.addAll(spans);
      if (seed % 20 == 19) {
        store.commit();
        store.maintain();
      }
    }
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void byId_givesEveryFieldFromEveryBlock() {
    for (Span span : all) {
      Optional<Trace> trace = store.query(new TracePlan.ById("default", span.traceId()));
      assertThat(trace.orElseThrow().spans())
          .map(ProtoSpans::unnumbered)
          .containsExactly(ProtoSpans.unnumbered(span));
    }
  }

  @Test
  void traceBeyondTheBound_isRefused() {
    store.close();
    store =
        EmbeddedTraceStore.open(
            root,
            TraceStoreSettings.DEFAULT
                .withBlocks(BlockSettings.DEFAULT.withoutBackground())
                .withTraces(3, 1000),
            InstantSource.fixed(NOW));
    for (int i = 0; i < 2; i++) {
      store.apply(
          SpanPayload.batch(
              "default",
              SpanPayload.of(
                  "shop",
                  SpanPayload.span(1, 2 * i + 1, "a", 5),
                  SpanPayload.span(1, 2 * i + 2, "b", 5))),
          new Position(all.size() + 2L * i, NOW.plus(Duration.ofDays(3)).toEpochMilli()));
    }
    assertThatThrownBy(() -> store.query(new TracePlan.ById("default", new TraceId(0, 1))))
        .isInstanceOf(LimitExceededException.class)
        .hasMessageContaining("storage.traces.max-trace-spans (3)");
  }
}
