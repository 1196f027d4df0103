package dev.sextant.api.trace;

import dev.sextant.api.TestApi;
import dev.sextant.trace.EmbeddedTraceStore;
import dev.sextant.trace.TraceStore;
import dev.sextant.trace.TraceStoreSettings;
import java.nio.file.Path;

class EmbeddedJaegerQueriesTest extends JaegerQueriesContract {
  @Override
  TraceStore open(Path directory) {
    return EmbeddedTraceStore.open(
        directory.resolve("traces"), TraceStoreSettings.DEFAULT, () -> TestApi.NOW);
  }
}
