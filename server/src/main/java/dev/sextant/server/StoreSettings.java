package dev.sextant.server;

import dev.sextant.log.LogStoreSettings;
import dev.sextant.metrics.embedded.MetricsStoreSettings;
import dev.sextant.server.config.ServerConfig;
import dev.sextant.storage.block.BlockSettings;
import dev.sextant.storage.elasticsearch.ElasticsearchSettings;
import dev.sextant.trace.TraceStoreSettings;

/** What the stores are told of the configuration. */
final class StoreSettings {
  private StoreSettings() {}

  static TraceStoreSettings traces(ServerConfig config) {
    ServerConfig.TraceStorage limits = config.storage().traces();
    return new TraceStoreSettings(
        blocks(config, config.traces()).withRunRows(limits.runSpans()),
        limits.maxSearchTraces(),
        limits.maxTraceSpans(),
        limits.maxBatchSpans(),
        limits.maxQueryBytes().bytes(),
        limits.openColumnBytes().bytes());
  }

  static LogStoreSettings logs(ServerConfig config) {
    ServerConfig.LogStorage limits = config.storage().logs();
    return new LogStoreSettings(
        blocks(config, config.logs()), limits.maxFieldValues(), limits.maxBuckets());
  }

  private static BlockSettings blocks(ServerConfig config, ServerConfig.Signal signal) {
    ServerConfig.Storage storage = config.storage();
    return new BlockSettings(
        storage.blockRows(),
        storage.blockBytes().intBytes("storage.block-bytes"),
        storage.blockAge().duration(),
        storage.openBlockBytes().bytes(),
        config.ingest().commitInterval().duration(),
        config.ingest().commitBytes().bytes(),
        signal.retention().duration(),
        storage.retentionInterval().duration(),
        storage.retentionClockTolerance().duration(),
        storage.openPartitions(),
        storage.dayBytes().bytes(),
        BlockSettings.DEFAULT.runRows(),
        true);
  }

  static MetricsStoreSettings metrics(ServerConfig config) {
    ServerConfig.Metrics metrics = config.metrics();
    return new MetricsStoreSettings(
        metrics.limits().maxSeries(),
        metrics.limits().maxExemplars(),
        metrics.limits().maxMetadata(),
        metrics.retention().duration(),
        metrics.head().bytes().bytes(),
        metrics.head().span().duration(),
        metrics.blocks().maxBytes().bytes());
  }

  static ElasticsearchSettings elasticsearch(ServerConfig config) {
    return ClusterSecrets.settings(config.elasticsearch());
  }
}
