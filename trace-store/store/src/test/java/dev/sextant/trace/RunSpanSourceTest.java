package dev.sextant.trace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sextant.storage.Position;
import dev.sextant.storage.block.BlockCounters;
import dev.sextant.storage.block.BlockSettings;
import dev.sextant.trace.model.PlainSpan;
import dev.sextant.trace.model.SpanField;
import dev.sextant.trace.model.SpanRequest;
import dev.sextant.trace.model.SpanSource;
import dev.sextant.trace.model.SpanSourceContract;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The contract over two runs and hot blocks, with traces that lie in several of them. */
class RunSpanSourceTest extends SpanSourceContract {
  private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");
  private static final long RUN_ROWS = 1_000_000;

  @TempDir Path root;
  private final List<EmbeddedTraceStore> stores = new ArrayList<>();
  private final ScanThreads threads = new ScanThreads(2);
  private final BlockCounters counters = new BlockCounters();
  private final List<FakeRuns.FakeRun> runs = new ArrayList<>();

  @Override
  protected SpanSource source(List<List<PlainSpan>> pieces) {
    runs.clear();
    int inRuns = pieces.size() / 2;
    for (int i = 0; i < inRuns; i++) {
      EmbeddedTraceStore sealed = store(List.of(pieces.get(i)), i * RUN_ROWS);
      runs.add(FakeRuns.of(sealed.spans("default"), i * RUN_ROWS));
    }
    EmbeddedTraceStore hot = store(pieces.subList(inRuns, pieces.size()), inRuns * RUN_ROWS);
    List<FakeRuns.FakeRun> sealed = List.copyOf(runs);
    return new EmbeddedSpanSource(
        () -> new FakeRuns.FakeSnapshot(hot.snapshot("default"), sealed),
        TraceStoreSettings.DEFAULT.withTraces(10_000, 50).withKept(20_000, 10_000),
        threads,
        counters);
  }

  private EmbeddedTraceStore store(List<List<PlainSpan>> pieces, long firstRow) {
    BlockSettings blocks =
        BlockSettings.DEFAULT.withBlocks(16, 1 << 20, Duration.ofDays(1)).withoutBackground();
    EmbeddedTraceStore store =
        EmbeddedTraceStore.open(
            root.resolve(UUID.randomUUID().toString()),
            TraceStoreSettings.DEFAULT.withBlocks(blocks).withTraces(10_000, 100),
            InstantSource.fixed(NOW));
    stores.add(store);
    long row = firstRow;
    for (List<PlainSpan> piece : pieces) {
      SpanBatch batch = PlainPayload.batch("default", piece);
      store.apply(batch, new Position(row, NOW.toEpochMilli()));
      row += batch.rows();
    }
    return store;
  }

  @AfterEach
  void close() {
    stores.forEach(EmbeddedTraceStore::close);
    threads.close();
  }

  private static List<PlainSpan> trace(long trace, long start, int spans) {
    List<PlainSpan> all = new ArrayList<>();
    for (int i = 0; i < spans; i++) {
      all.add(
          PlainSpan.builder(trace, i + 1)
              .parent(i)
              .service("shop")
              .name("t" + trace)
              .time(start + i, 1)
              .build());
    }
    return all;
  }

  private static List<Long> traces(SpanSource source, SpanRequest.Unit unit, boolean complete) {
    List<Long> found = new ArrayList<>();
    SpanSource.Inspected inspected =
        source.read(
            new SpanRequest(unit, 0, 1000, List.of(), Set.of(SpanField.Intrinsic.NAME), () -> {}),
            batch -> {
              batch.column(SpanField.Intrinsic.NAME);
              for (int row = 0; row < batch.rows(); row++) {
                if (!found.contains(batch.traceLow()[row])) {
                  found.add(batch.traceLow()[row]);
                }
              }
              return true;
            });
    assertThat(inspected.complete()).isEqualTo(complete);
    return found;
  }

  @Test
  void damagedBlock_isLeftOutAndSaidToBe() {
    List<PlainSpan> split = trace(2, 200, 4);
    SpanSource source =
        source(
            List.of(trace(1, 100, 2), split.subList(0, 2), split.subList(2, 4), trace(3, 300, 2)));
    assertThat(traces(source, SpanRequest.Unit.TRACES, true)).containsExactly(3L, 2L, 1L);
    runs.getFirst().blocks().getFirst().damaged = true;
    assertThat(traces(source, SpanRequest.Unit.TRACES, false)).containsExactly(3L, 2L);
    assertThat(traces(source, SpanRequest.Unit.SPANS, false)).containsExactlyInAnyOrder(3L, 2L);
    runs.get(1).blocks().getFirst().damaged = true;
    assertThat(traces(source, SpanRequest.Unit.TRACES, false)).containsExactly(3L, 2L);
    assertThat(counters.damagedBlocks()).isPositive();
  }

  @Test
  void traceBeyondTheBound_isLeftOutAndSaidToBe() {
    SpanSource source =
        source(List.of(trace(1, 100, 2), List.of(), trace(2, 200, 10_001), trace(3, 300, 2)));
    assertThat(traces(source, SpanRequest.Unit.TRACES, false)).containsExactly(3L, 1L);
  }
}
