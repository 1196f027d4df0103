package dev.sextant.log.elasticsearch;

import dev.sextant.log.LogStore;
import dev.sextant.log.LogStoreContract;
import dev.sextant.storage.elasticsearch.ElasticsearchSettings;
import dev.sextant.testing.elasticsearch.RealElasticsearch;
import java.util.UUID;
import org.junit.jupiter.api.extension.RegisterExtension;

class ElasticsearchLogStoreIT extends LogStoreContract {
  @RegisterExtension static final RealElasticsearch SERVER = new RealElasticsearch();

  private final ElasticsearchSettings settings =
      ElasticsearchSettings.of(SERVER.url()).withIndexPrefix("test-" + UUID.randomUUID());

  @Override
  protected LogStore open() {
    return ElasticsearchLogStore.open(settings, "journal");
  }

  @Override
  protected LogStore reopen() {
    return open();
  }

  @Override
  protected LogStore reopenAfterCrash(LogStore store) {
    return open();
  }
}
