package dev.sextant.storage.elasticsearch;

import co.elastic.clients.elasticsearch._types.SortOrder;
import co.elastic.clients.elasticsearch._types.aggregations.Aggregate;
import co.elastic.clients.elasticsearch._types.aggregations.Aggregation;
import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import co.elastic.clients.elasticsearch.core.SearchRequest;
import co.elastic.clients.elasticsearch.core.SearchResponse;
import co.elastic.clients.json.JsonData;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sextant.storage.Position;
import dev.sextant.storage.StoreException;
import java.io.StringReader;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A data stream whose documents are the rows of one journal, each with its {@code row} and {@code
 * journal}.
 *
 * <p>Rows are created under ids made of both, so a replay meets a conflict where the row is
 * already. That holds within one backing index only: after a rollover the same id may be created
 * again in the next. So rows that may have been written before (by an attempt that failed, or by a
 * process that ended before it committed) are first looked for in the whole stream.
 *
 * <p>A refresh makes written rows visible and is dear, so none is made while writing: a search
 * makes one first where rows were written since the last. Rows that another process writes into the
 * same stream are seen after the index's own refresh interval.
 *
 * <p>Writing is for one thread at a time, searching for any.
 */
public final class RowStream implements AutoCloseable {
  private static final int LOOK_UP = 10_000;
  private static final long FIRST_PAUSE_MILLIS = 20;
  private static final long LAST_PAUSE_MILLIS = 2_560;

  private final ElasticsearchConnection connection;
  private final String name;
  private final String journal;
  private final BulkWriter writer;
  private final AppliedRows state;
  private long attempted;
  private long applied;
  private volatile long committed;

  private final AtomicLong writes = new AtomicLong();
  private final ReentrantLock refreshing = new ReentrantLock();
  private volatile long refreshed;

  /** Makes the rows' documents, for those rows that are wanted. */
  @FunctionalInterface
  public interface Documents {
    /**
     * @param from the first row that is wanted
     * @param present rows that are not wanted
     */
    List<RowDocument> write(long from, Set<Long> present);
  }

  private RowStream(ElasticsearchConnection connection, String name, String journal) {
    this.connection = connection;
    this.name = name;
    this.journal = journal;
    this.writer = new BulkWriter(connection, name, journal);
    this.state = new AppliedRows(connection, name, journal);
  }

  /**
   * Installs the stream's template and finds out how far the journal got.
   *
   * @param signal stands behind the prefix in the stream's name
   * @param journal names the journal for ever; another journal's rows are other rows
   * @param mappings of the documents, as JSON
   * @throws StoreException where the cluster does not answer or refuses
   */
  public static RowStream open(
      ElasticsearchSettings settings, String signal, String journal, String mappings) {
    ElasticsearchConnection connection = new ElasticsearchConnection(settings);
    try {
      RowStream stream = new RowStream(connection, settings.indexPrefix() + "-" + signal, journal);
      stream.installTemplate(mappings);
      stream.applied = stream.committed = stream.state.read();
      stream.refresh();
      stream.attempted = Math.max(stream.applied, stream.endOfPresent());
      return stream;
    } catch (StoreException e) {
      connection.close();
      throw e;
    }
  }

  private void installTemplate(String mappings) {
    String mode =
        connection.settings().logsdb()
            ? "\"index.mode\":\"logsdb\""
            : "\"index.codec\":\"best_compression\"";
    String template =
        """
        {"index_patterns":["%1$s"],"data_stream":{},"priority":500,
         "composed_of":["%1$s@custom"],"ignore_missing_component_templates":["%1$s@custom"],
         "template":{"settings":{%2$s},"mappings":%3$s}}
        """
            .formatted(name, mode, mappings);
    connection.call(
        "install index template " + name,
        client ->
            client
                .indices()
                .putIndexTemplate(t -> t.name(name).withJson(new StringReader(template))));
  }

  private long endOfPresent() {
    SearchResponse<Void> last =
        connection.call(
            "look for the last row in " + name,
            client ->
                client.search(
                    s ->
                        rowsOnly(s)
                            .query(ofJournal(List.of()))
                            .size(1)
                            .sort(o -> o.field(f -> f.field("row").order(SortOrder.Desc))),
                    Void.class));
    return last.hits().hits().isEmpty() ? 0 : row(last, 0) + 1;
  }

  private SearchRequest.Builder rowsOnly(SearchRequest.Builder search) {
    return scoped(search).source(o -> o.fetch(false)).trackTotalHits(t -> t.enabled(false));
  }

  private SearchRequest.Builder scoped(SearchRequest.Builder search) {
    return search.index(name).ignoreUnavailable(true).allowPartialSearchResults(false);
  }

  private Query ofJournal(List<Query> more) {
    return Query.of(
        q ->
            q.bool(
                b -> b.filter(f -> f.term(t -> t.field("journal").value(journal))).filter(more)));
  }

  private static long row(SearchResponse<?> found, int hit) {
    return found.hits().hits().get(hit).sort().getFirst().longValue();
  }

  /**
   * Writes a batch's rows, but for those below {@link #appliedUpTo()}; searches find them when it
   * returns.
   *
   * @throws StoreException where the cluster cannot take all of them now; the batch may be offered
   *     again
   */
  public void apply(Position position, int rows, Documents documents) {
    long end = position.row() + rows;
    if (end <= committed) {
      return;
    }
    long from = Math.max(committed, position.row());
    Set<Long> present = from < attempted ? present(from, end) : Set.of();
    attempted = Math.max(attempted, end);
    try {
      writer.write(documents.write(from, present));
    } finally {
      writes.incrementAndGet();
    }
    applied = Math.max(applied, end);
  }

  private Set<Long> present(long from, long end) {
    refresh();
    Set<Long> present = new HashSet<>();
    for (long next = from; next < end; next += LOOK_UP) {
      long first = next;
      long last = Math.min(end, next + LOOK_UP);
      Query range =
          Query.of(
              q ->
                  q.range(
                      r ->
                          r.untyped(
                              u -> u.field("row").gte(JsonData.of(first)).lt(JsonData.of(last)))));
      SearchResponse<Void> found =
          connection.call(
              "look for rows in " + name,
              client ->
                  client.search(
                      s ->
                          rowsOnly(s)
                              .query(ofJournal(List.of(range)))
                              .size(LOOK_UP)
                              .sort(o -> o.field(f -> f.field("row").order(SortOrder.Asc))),
                      Void.class));
      for (int i = 0; i < found.hits().hits().size(); i++) {
        present.add(row(found, i));
      }
    }
    return present;
  }

  /** As {@link dev.sextant.storage.Store#appliedUpTo()}. */
  public long appliedUpTo() {
    return committed;
  }

  /**
   * As {@link dev.sextant.storage.Store#commit()}: written rows are durable, so it notes how far
   * they go.
   */
  public void commit() {
    if (applied > committed) {
      state.write(applied);
      committed = applied;
    }
  }

  /** How many rows the cluster refused for good since this began. */
  public long refused() {
    return writer.refused();
  }

  /** What a search is made of, after its index and how it takes failures are set. */
  @FunctionalInterface
  public interface Search {
    SearchRequest.Builder build(SearchRequest.Builder search);
  }

  /**
   * Searches all rows that were applied before. A backing index that just came to be, at the first
   * write or a rollover, is waited for, some 5 s at most: its shard starts a moment later, and
   * until then the cluster answers nothing.
   *
   * @throws StoreException where the cluster cannot answer for every row
   */
  public SearchResponse<ObjectNode> search(Search search) {
    refreshWritten();
    SearchRequest request = search.build(scoped(new SearchRequest.Builder())).build();
    long pause = FIRST_PAUSE_MILLIS;
    while (true) {
      try {
        return send(request);
      } catch (RefusedException e) {
        if (!e.unavailable() || pause > LAST_PAUSE_MILLIS) {
          throw e;
        }
        pause(pause, e);
        pause *= 2;
      }
    }
  }

  private SearchResponse<ObjectNode> send(SearchRequest request) {
    return connection.call("search " + name, client -> client.search(request, ObjectNode.class));
  }

  private static void pause(long millis, RefusedException reason) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw reason;
    }
  }

  /**
   * Aggregates over all rows that were applied before and match.
   *
   * @throws StoreException where the cluster cannot answer for every row
   */
  public Aggregate aggregate(Query query, Aggregation aggregation) {
    return aggregateAny(query, aggregation)
        .orElseThrow(
            () ->
                new StoreException(
                    "Elasticsearch answered without the aggregation it was asked for"));
  }

  /**
   * As {@link #aggregate}; empty where there is no index yet, because no row was ever applied.
   *
   * @throws StoreException where the cluster cannot answer for every row
   */
  public Optional<Aggregate> aggregateAny(Query query, Aggregation aggregation) {
    return Optional.ofNullable(
        search(
                s ->
                    s.query(query)
                        .size(0)
                        .trackTotalHits(t -> t.enabled(false))
                        .aggregations("answer", aggregation))
            .aggregations()
            .get("answer"));
  }

  private void refreshWritten() {
    long wanted = writes.get();
    if (refreshed >= wanted) {
      return;
    }
    refreshing.lock();
    try {
      long reached = writes.get();
      if (refreshed < wanted) {
        refresh();
        refreshed = reached;
      }
    } finally {
      refreshing.unlock();
    }
  }

  private void refresh() {
    connection.call(
        "refresh " + name,
        client -> client.indices().refresh(r -> r.index(name).ignoreUnavailable(true)));
  }

  /** Commits, and lets go of the connection. */
  @Override
  public void close() {
    try (connection) {
      commit();
    }
  }
}
