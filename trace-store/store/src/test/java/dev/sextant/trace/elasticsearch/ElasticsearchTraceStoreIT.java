package dev.sextant.trace.elasticsearch;

import dev.sextant.storage.elasticsearch.ElasticsearchSettings;
import dev.sextant.testing.elasticsearch.RealElasticsearch;
import dev.sextant.trace.TraceStore;
import dev.sextant.trace.TraceStoreContract;
import java.util.UUID;
import org.junit.jupiter.api.extension.RegisterExtension;

class ElasticsearchTraceStoreIT extends TraceStoreContract {
  @RegisterExtension static final RealElasticsearch SERVER = new RealElasticsearch();

  private final ElasticsearchSettings settings =
      ElasticsearchSettings.of(SERVER.url()).withIndexPrefix("test-" + UUID.randomUUID());

  @Override
  protected TraceStore open() {
    return ElasticsearchTraceStore.open(settings, "journal", ElasticsearchTraceLimits.DEFAULT);
  }

  @Override
  protected TraceStore reopen() {
    return open();
  }

  @Override
  protected TraceStore reopenAfterCrash(TraceStore store) {
    return open();
  }
}
