package dev.sextant.log.elasticsearch;

import dev.sextant.log.LogBatch;
import dev.sextant.log.LogCapabilities;
import dev.sextant.log.LogPlan;
import dev.sextant.log.LogStore;
import dev.sextant.storage.Position;
import dev.sextant.storage.StoreException;
import dev.sextant.storage.elasticsearch.ElasticsearchSettings;
import dev.sextant.storage.elasticsearch.RowStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * Log lines in an Elasticsearch cluster: data stream {@code PREFIX-logs}, one document a line. Old
 * data goes by the stream's lifecycle, which is the cluster's. Text is found by whole words only.
 * Every call answers with {@link StoreException} where the cluster does not answer.
 */
public final class ElasticsearchLogStore implements LogStore {
  private static final LogCapabilities CAPABILITIES = new LogCapabilities(false, false, false);

  private final RowStream stream;
  private final LineDocument document;

  private ElasticsearchLogStore(RowStream stream, String journal) {
    this.stream = stream;
    this.document = new LineDocument(journal);
  }

  /**
   * Installs the index template and finds out how far the journal got.
   *
   * @param journal names the journal that feeds this store, for ever and unlike any other's: its
   *     rows are told from others' by it
   * @throws StoreException where the cluster does not answer or refuses
   */
  public static ElasticsearchLogStore open(ElasticsearchSettings settings, String journal) {
    return new ElasticsearchLogStore(
        RowStream.open(settings, "logs", journal, mappings()), journal);
  }

  private static String mappings() {
    try (InputStream in = ElasticsearchLogStore.class.getResourceAsStream("mappings.json")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("the mappings of this program cannot be read", e);
    }
  }

  @Override
  public void apply(LogBatch batch, Position position) {
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
  public <R> R query(LogPlan<R> plan) {
    CAPABILITIES.check(plan);
    return (R)
        switch (plan) {
          case LogPlan.Search search -> new LineSearch(stream, search).page();
          case LogPlan.Histogram histogram -> new LineCounts(stream).histogram(histogram);
          case LogPlan.FieldValues values -> new LineCounts(stream).values(values);
        };
  }

  @Override
  public LogCapabilities capabilities() {
    return CAPABILITIES;
  }

  /** How many lines the cluster refused for good since this was opened. */
  public long refusedLines() {
    return stream.refused();
  }

  @Override
  public void close() {
    stream.close();
  }
}
