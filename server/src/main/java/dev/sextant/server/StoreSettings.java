package dev.sextant.server;

import dev.sextant.log.LogStoreSettings;
import dev.sextant.metrics.embedded.MetricsStoreSettings;
import dev.sextant.server.config.ServerConfig;
import dev.sextant.server.config.Size;
import dev.sextant.server.config.Span;
import dev.sextant.storage.block.BlockSettings;
import dev.sextant.storage.elasticsearch.ElasticsearchSettings;
import dev.sextant.trace.TraceStoreSettings;
import dev.sextant.trace.elasticsearch.ElasticsearchTraceLimits;

/** What the stores are told of the configuration. */
final class StoreSettings {
  private StoreSettings() {}

  static TraceStoreSettings traces(ServerConfig config) {
    ServerConfig.TraceStorage limits = config.storage().traces();
    return new TraceStoreSettings(
        blocks(config, config.traces().retention(), config.traces().maxBytes())
            .withRunRows(limits.runSpans()),
        limits.maxTraceSpans(),
        limits.maxBatchSpans(),
        limits.maxQueryBytes().bytes(),
        limits.openColumnBytes().bytes());
  }

  static ElasticsearchTraceLimits tracesInElasticsearch(ServerConfig config) {
    ServerConfig.TraceStorage limits = config.storage().traces();
    return new ElasticsearchTraceLimits(
        limits.maxTraceSpans(),
        limits.maxBatchSpans(),
        config.elasticsearch().maxTraceLength().duration());
  }

  static LogStoreSettings logs(ServerConfig config) {
    ServerConfig.LogStorage limits = config.storage().logs();
    return new LogStoreSettings(
        blocks(config, config.logs().retention(), config.logs().maxBytes()),
        limits.maxFieldValues(),
        limits.maxBuckets());
  }

  private static BlockSettings blocks(ServerConfig config, Span retention, Size maxBytes) {
    ServerConfig.Storage storage = config.storage();
    return new BlockSettings.Builder()
        .blockRows(storage.blockRows())
        .blockBytes(storage.blockBytes().intBytes("storage.block-bytes"))
        .blockAge(storage.blockAge().duration())
        .openBytes(storage.openBlockBytes().bytes())
        .commitInterval(config.ingest().commitInterval().duration())
        .commitBytes(config.ingest().commitBytes().bytes())
        .retention(retention.duration())
        .dropInterval(storage.retentionInterval().duration())
        .clockTolerance(storage.retentionClockTolerance().duration())
        .openPartitions(storage.openPartitions())
        .dayBytes(storage.dayBytes().bytes())
        .maxBytes(maxBytes.bytes())
        .build();
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
