package dev.sextant.trace.elasticsearch;

import dev.sextant.storage.Position;
import dev.sextant.storage.StoreException;
import dev.sextant.storage.elasticsearch.ElasticsearchSettings;
import dev.sextant.storage.elasticsearch.RowStream;
import dev.sextant.storage.otlp.TraceId;
import dev.sextant.trace.SpanBatch;
import dev.sextant.trace.TraceCapabilities;
import dev.sextant.trace.TracePlan;
import dev.sextant.trace.TraceStore;
import dev.sextant.trace.model.SpanSource;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * Spans in an Elasticsearch cluster: data stream {@code PREFIX-spans}, one document a span. Old
 * data goes by the stream's lifecycle, which is the cluster's. Every call answers with {@link
 * StoreException} where the cluster does not answer.
 */
public final class ElasticsearchTraceStore implements TraceStore {
  private static final TraceCapabilities CAPABILITIES = new TraceCapabilities(false);

  private final RowStream stream;
  private final SpanDocument document;
  private final ElasticsearchTraceLimits limits;

  private ElasticsearchTraceStore(
      RowStream stream, String journal, ElasticsearchTraceLimits limits) {
    this.stream = stream;
    this.limits = limits;
    this.document = new SpanDocument(journal);
  }

  /**
   * Installs the index template and finds out how far the journal got.
   *
   * @param journal names the journal that feeds this store, for ever and unlike any other's: its
   *     rows are told from others' by it
   * @throws StoreException where the cluster does not answer or refuses
   */
  public static ElasticsearchTraceStore open(
      ElasticsearchSettings settings, String journal, ElasticsearchTraceLimits limits) {
    return new ElasticsearchTraceStore(
        RowStream.open(settings, "spans", journal, mappings()), journal, limits);
  }

  private static String mappings() {
    try (InputStream in = ElasticsearchTraceStore.class.getResourceAsStream("mappings.json")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("the mappings of this program cannot be read", e);
    }
  }

  @Override
  public void apply(SpanBatch batch, Position position) {
    stream.apply(
        position, batch.rows(), (from, present) -> document.write(batch, position, from, present));
  }

  @Override
  public long appliedUpTo() {
    return stream.appliedUpTo();
  }

  @Override
  public void commit() {
    stream.commit();
  }

  @Override
  @SuppressWarnings("unchecked") // each plan's record fixes R to its own answer
  public <R> R query(TracePlan<R> plan) {
    return (R)
        switch (plan) {
          case TracePlan.ById byId -> new TraceRead(stream, byId, limits.maxTraceSpans()).trace();
          case TracePlan.Summaries summaries ->
              new SummaryScan(stream, summaries.tenant())
                  .of(summaries.traceIds().stream().map(TraceId::toString).toList());
        };
  }

  @Override
  public SpanSource spans(String tenant) {
    return new ElasticsearchSpanSource(stream, tenant, limits);
  }

  @Override
  public TraceCapabilities capabilities() {
    return CAPABILITIES;
  }

  /** How many spans the cluster refused for good since this was opened. */
  public long refusedSpans() {
    return stream.refused();
  }

  @Override
  public void close() {
    stream.close();
  }
}
