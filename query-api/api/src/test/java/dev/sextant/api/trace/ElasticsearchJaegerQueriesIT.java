package dev.sextant.api.trace;

import dev.sextant.storage.elasticsearch.ElasticsearchSettings;
import dev.sextant.testing.elasticsearch.RealElasticsearch;
import dev.sextant.trace.TraceStore;
import dev.sextant.trace.elasticsearch.ElasticsearchTraceLimits;
import dev.sextant.trace.elasticsearch.ElasticsearchTraceStore;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.extension.RegisterExtension;

class ElasticsearchJaegerQueriesIT extends JaegerQueriesContract {
  @RegisterExtension static final RealElasticsearch SERVER = new RealElasticsearch();

  @Override
  TraceStore open(Path directory) {
    return ElasticsearchTraceStore.open(
        ElasticsearchSettings.of(SERVER.url()).withIndexPrefix("test-" + UUID.randomUUID()),
        "journal",
        ElasticsearchTraceLimits.DEFAULT);
  }
}
