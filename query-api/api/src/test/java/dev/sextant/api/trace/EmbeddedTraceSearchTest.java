package dev.sextant.api.trace;

import dev.sextant.api.TestApi;
import dev.sextant.storage.block.BlockSettings;
import dev.sextant.trace.EmbeddedTraceStore;
import dev.sextant.trace.TraceStore;
import dev.sextant.trace.TraceStoreSettings;
import java.nio.file.Path;
import java.time.Duration;

class EmbeddedTraceSearchTest extends TraceSearchContract {
  @Override
  TraceStore open(Path directory) {
    BlockSettings blocks =
        BlockSettings.DEFAULT.withBlocks(32, 1 << 20, Duration.ofDays(1)).withoutBackground();
    return EmbeddedTraceStore.open(
        directory, TraceStoreSettings.DEFAULT.withBlocks(blocks), () -> TestApi.NOW);
  }
}
