package dev.sextant.trace;

import dev.sextant.storage.Position;
import dev.sextant.storage.block.BlockSettings;
import dev.sextant.trace.model.PlainSpan;
import dev.sextant.trace.model.SpanSource;
import dev.sextant.trace.model.SpanSourceContract;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** The contract over open blocks, closed ones in heap, and stored ones. */
class EmbeddedSpanSourceTest extends SpanSourceContract {
  private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");

  @TempDir Path root;
  private final List<EmbeddedTraceStore> stores = new ArrayList<>();

  @Override
  protected SpanSource source(List<List<PlainSpan>> pieces) {
    BlockSettings blocks = blocks();
    EmbeddedTraceStore store =
        EmbeddedTraceStore.open(
            root.resolve(UUID.randomUUID().toString()),
            TraceStoreSettings.DEFAULT
                .withBlocks(blocks)
                .withTraces(10_000, 100)
                .withKept(20_000, 10_000),
            InstantSource.fixed(NOW));
    stores.add(store);
    long row = 0;
    for (int i = 0; i < pieces.size(); i++) {
      SpanBatch batch = PlainPayload.batch("default", pieces.get(i));
      store.apply(batch, new Position(row, NOW.toEpochMilli() + i));
      row += batch.rows();
      if (isClosed(i)) {
        store.commit();
        store.maintain();
      }
    }
    return store.spans("default");
  }

  /** Whether what was applied up to a piece is closed and shown. */
  boolean isClosed(int piece) {
    return piece == 1;
  }

  BlockSettings blocks() {
    return BlockSettings.DEFAULT.withBlocks(16, 1 << 20, Duration.ofDays(1)).withoutBackground();
  }

  @Override
  protected int traces() {
    return 100;
  }

  @AfterEach
  void close() {
    stores.forEach(EmbeddedTraceStore::close);
  }
}
