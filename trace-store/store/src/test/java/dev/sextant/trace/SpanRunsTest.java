package dev.sextant.trace;

import static dev.sextant.trace.SpanPayload.attribute;
import static dev.sextant.trace.SpanPayload.span;
import static dev.sextant.trace.SpanPayload.spanId;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sextant.storage.Position;
import dev.sextant.storage.block.BlockSettings;
import dev.sextant.storage.otlp.TraceId;
import dev.sextant.trace.model.SpanRequest;
import dev.sextant.trace.model.SpanSource;
import io.opentelemetry.proto.trace.v1.Span.SpanKind;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of spans when their blocks are written anew, trace by trace. */
class SpanRunsTest {
  private static final Instant NOW = Instant.parse("2026-01-15T12:00:00Z");
  private static final long T0 = NOW.toEpochMilli() * 1_000_000;
  private static final int BATCH = 2_000;

  @TempDir Path root;
  private EmbeddedTraceStore store;
  private long rows;
  private long millis = NOW.toEpochMilli();

  private void open(int runSpans, int maxTraceSpans) {
    BlockSettings blocks =
        BlockSettings.DEFAULT
            .withBlocks(4096, 4 << 20, Duration.ofDays(1))
            .withRunRows(runSpans)
            .withoutBackground();
    InstantSource clock = () -> Instant.ofEpochMilli(millis);
    store =
        EmbeddedTraceStore.open(
            root,
            TraceStoreSettings.DEFAULT.withBlocks(blocks).withTraces(maxTraceSpans, maxTraceSpans),
            clock);
  }

  @AfterEach
  void close() {
    store.close();
  }

  private void apply(io.opentelemetry.proto.trace.v1.Span.Builder... spans) {
    SpanBatch batch = SpanPayload.batch("default", SpanPayload.of("shop", spans));
    store.apply(batch, new Position(rows, millis));
    rows += batch.rows();
  }

  /** Seals all that was applied, as nothing belongs to it any more. */
  private void seal() {
    store.commit();
    millis += Duration.ofMinutes(5).toMillis();
    apply(span(999_000 + rows, 1, "later", T0));
    store.commit();
    store.maintain();
    store.commit();
  }

  private List<Span> byId(long trace) {
    return store
        .query(new TracePlan.ById("default", new TraceId(0, trace)))
        .map(Trace::spans)
        .orElse(List.of());
  }

  /** Ids of the spans of each trace that is given whole, each trace once. */
  private List<List<Long>> traces(long trace) {
    List<List<Long>> found = new ArrayList<>();
    SpanSource source = store.spans("default");
    source.read(
        new SpanRequest(SpanRequest.Unit.TRACES, 0, Long.MAX_VALUE, List.of(), Set.of(), () -> {}),
        batch -> {
          for (int i = 0; i < batch.traces(); i++) {
            if (batch.traceLow()[batch.traceFrom(i)] == trace) {
              List<Long> ids = new ArrayList<>();
              for (int row = batch.traceFrom(i); row < batch.traceFrom(i + 1); row++) {
                ids.add(batch.spanIds()[row]);
              }
              found.add(ids);
            }
          }
          return true;
        });
    return found;
  }

  private int sealedRows(long trace) {
    int count = 0;
    try (SpanSnapshot snapshot = store.snapshot("default")) {
      for (SpanRun run : snapshot.runs()) {
        for (SpanBlockRef ref : run.blocks(0, Long.MAX_VALUE)) {
          SpanBlock block = ref.open();
          for (int row = 0; row < block.rows(); row++) {
            count += block.traceLow()[row] == trace ? 1 : 0;
          }
        }
      }
    }
    return count;
  }

  private boolean isSplit(long trace) {
    try (SpanSnapshot snapshot = store.snapshot("default")) {
      return snapshot.split().contains(SpanKeys.ofTrace(0, trace));
    }
  }

  @Test
  void hugeTrace_isReadWholeFromABlockOfItsOwn() {
    int spans = Boolean.getBoolean("sextant.long") ? 1_000_000 : 100_000;
    open(spans, spans);
    apply(span(1, 1, "small", T0));
    for (int from = 1; from <= spans; from += BATCH) {
      var batch = new io.opentelemetry.proto.trace.v1.Span.Builder[BATCH];
      for (int i = 0; i < BATCH; i++) {
        long id = from + i;
        batch[i] =
            span(2, id, "step", T0 + id)
                .setParentSpanId(spanId(id / 2))
                .addAttributes(attribute("n", id));
      }
      apply(batch);
    }
    seal();
    assertThat(sealedRows(2)).isEqualTo(spans);
    List<Span> found = byId(2);
    assertThat(found).hasSize(spans);
    for (int i = 0; i < spans; i++) {
      Span each = found.get(i);
      if (each.spanId() != i + 1
          || each.parentSpanId() != (i + 1) / 2
          || !each.attributes().text("n").equals("" + (i + 1))) {
        throw new AssertionError("span " + i + " is " + each);
      }
    }
    assertThat(traces(2)).singleElement().satisfies(ids -> assertThat(ids).hasSize(spans));
    assertThat(byId(1)).hasSize(1);
  }

  @Test
  void latePieces_areJoinedAcrossRunsAndHotBlocks() {
    open(1, 1000);
    apply(span(7, 1, "root", T0), span(8, 1, "other", T0));
    seal();
    assertThat(isSplit(7)).isFalse();
    apply(span(7, 2, "after an hour", T0 + 3_600_000_000_000L).setParentSpanId(spanId(1)));
    assertThat(isSplit(7)).as("in a run and a hot block").isTrue();
    seal();
    apply(span(7, 3, "after two", T0 + 7_200_000_000_000L).setParentSpanId(spanId(2)));
    seal();
    assertThat(isSplit(7)).as("in three runs").isTrue();
    assertThat(isSplit(8)).isFalse();
    assertThat(byId(7)).extracting(Span::spanId).containsExactly(1L, 2L, 3L);
    assertThat(traces(7)).containsExactly(List.of(1L, 2L, 3L));
    assertThat(traces(8)).containsExactly(List.of(1L));
  }

  @Test
  void spanSentTwice_isKeptOnceIfItIsTheSameAndTwiceIfNot() {
    open(1, 1000);
    var same = span(7, 1, "same", T0).addAttributes(attribute("k", "v"));
    var first = span(7, 2, "first", T0 + 1);
    var second = span(7, 2, "second", T0 + 1);
    apply(same, first);
    apply(same, second);
    seal();
    assertThat(sealedRows(7)).isEqualTo(3);
    assertThat(byId(7)).extracting(Span::name).containsExactly("same", "first");
    assertThat(traces(7)).containsExactly(List.of(1L, 2L));
  }

  @Test
  void skewedClocks_areKeptAsTheyWereSent() {
    open(1, 1000);
    apply(
        span(7, 1, "root", T0 + 1_000),
        span(7, 2, "child", T0).setParentSpanId(spanId(1)),
        span(7, 3, "grandchild", T0 - 1_000).setParentSpanId(spanId(2)),
        span(7, 4, "backwards", T0 + 5).setParentSpanId(spanId(1)).setEndTimeUnixNano(T0),
        span(7, 5, "orphan", T0 + 6).setParentSpanId(spanId(99)),
        span(7, 6, "ring", T0 + 7).setParentSpanId(spanId(7)),
        span(7, 7, "ring", T0 + 8).setParentSpanId(spanId(6)));
    List<Span> before = byId(7);
    seal();
    assertThat(sealedRows(7)).isEqualTo(7);
    assertThat(byId(7)).map(ProtoSpans::unnumbered).isEqualTo(unnumbered(before));
  }

  @Test
  void sharedSpanIds_keepTheirParents() {
    open(1, 1000);
    apply(
        span(7, 1, "root", T0),
        span(7, 2, "call", T0 + 1).setParentSpanId(spanId(1)).setKind(SpanKind.SPAN_KIND_CLIENT),
        span(7, 2, "call", T0 + 2).setParentSpanId(spanId(1)),
        span(7, 3, "work", T0 + 3).setParentSpanId(spanId(2)));
    List<Span> before = byId(7);
    seal();
    assertThat(byId(7)).map(ProtoSpans::unnumbered).isEqualTo(unnumbered(before));
    try (SpanSnapshot snapshot = store.snapshot("default")) {
      SpanBlock block = snapshot.runs().getFirst().blocks(0, Long.MAX_VALUE).getFirst().open();
      assertThat(Arrays.copyOf(block.parents(), 4)).containsExactly(-1, 0, 1, 2);
    }
  }

  private static List<Span> unnumbered(List<Span> spans) {
    return spans.stream().map(ProtoSpans::unnumbered).toList();
  }

  @Test
  void blocks_holdWholeTracesByTheServiceOfTheirRoots() {
    open(15_001, 100_000);
    for (int trace = 1; trace <= 1_500; trace++) {
      var spans = new io.opentelemetry.proto.trace.v1.Span.Builder[10];
      for (int i = 0; i < 10; i++) {
        spans[i] = span(trace, i + 1, "s" + i, T0 + trace * 1_000L + i).setParentSpanId(spanId(i));
      }
      SpanBatch batch = SpanPayload.batch("default", SpanPayload.of("service-" + trace % 3, spans));
      store.apply(batch, new Position(rows, millis));
      rows += batch.rows();
    }
    seal();
    Set<Long> seen = new HashSet<>();
    List<String> services = new ArrayList<>();
    try (SpanSnapshot snapshot = store.snapshot("default")) {
      for (SpanRun run : snapshot.runs()) {
        for (SpanBlockRef ref : run.blocks(0, Long.MAX_VALUE)) {
          SpanBlock block = ref.open();
          assertThat(block.rows()).isLessThanOrEqualTo(SpanRuns.BLOCK_ROWS);
          for (int trace = 0; trace < block.traces(); trace++) {
            int first = block.traceFrom(trace);
            if (block.traceLow()[first] <= 1_500) {
              assertThat(block.traceFrom(trace + 1) - first).isEqualTo(10);
              assertThat(seen.add(block.traceLow()[first])).isTrue();
              services.add(new BlockSpans(block).service(first));
            }
          }
        }
      }
    }
    Set<Long> all = new HashSet<>(LongStream.rangeClosed(1, 1_500).boxed().toList());
    assertThat(seen).isEqualTo(all);
    assertThat(services).isSorted();
  }
}
