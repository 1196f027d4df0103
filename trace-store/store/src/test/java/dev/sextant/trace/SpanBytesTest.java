package dev.sextant.trace;

import static dev.sextant.trace.SpanPayload.attribute;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sextant.storage.Position;
import dev.sextant.storage.block.BlockSettings;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpanBytesTest {
  private static final Instant NOW = Instant.parse("2026-01-15T12:00:00Z");

  @Test
  void everyColumnIsCounted(@TempDir Path root) {
    TraceStoreSettings settings =
        TraceStoreSettings.DEFAULT.withBlocks(BlockSettings.DEFAULT.withoutBackground());
    try (EmbeddedTraceStore store =
        EmbeddedTraceStore.open(root, settings, InstantSource.fixed(NOW))) {
      SpanBatch batch =
          SpanPayload.batch(
              "default",
              SpanPayload.of(
                  List.of(attribute("service.name", "shop")),
                  SpanPayload.span(1, 2, "a", 5).addAttributes(attribute("http.route", "/a"))));
      store.apply(batch, new Position(0, NOW.toEpochMilli()));
      assertThat(store.bytesByColumn("default")).as("nothing is stored yet").isEmpty();
      store.commit();
      Map<String, Long> bytes = store.bytesByColumn("default");
      assertThat(bytes)
          .containsKeys(
              "headers", "span [span id]", "span http.route (TEXT)", "resource service.name (TEXT)")
          .doesNotContainKey("span [links]");
      assertThat(bytes.values()).allSatisfy(each -> assertThat(each).isPositive());
      assertThat(store.bytesByColumn("other")).isEmpty();
    }
  }
}
