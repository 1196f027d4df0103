package dev.sextant.log.elasticsearch;

import static dev.sextant.log.LogPayload.batch;
import static dev.sextant.log.LogPayload.line;
import static dev.sextant.log.LogPayload.of;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sextant.log.LogFilter;
import dev.sextant.log.LogPlan;
import dev.sextant.log.LogStore;
import dev.sextant.storage.Position;
import dev.sextant.storage.StoreException;
import dev.sextant.storage.TimeRange;
import dev.sextant.storage.elasticsearch.ElasticsearchSettings;
import dev.sextant.storage.elasticsearch.RowDocument;
import dev.sextant.storage.elasticsearch.RowStream;
import dev.sextant.testing.elasticsearch.RealElasticsearch;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What only a cluster can do to a store: roll over, refuse, be written by several. */
class ElasticsearchRowsIT {
  @RegisterExtension static final RealElasticsearch SERVER = new RealElasticsearch();

  private static final long T0 = 1_768_478_400_000_000_000L;

  private final ElasticsearchSettings settings =
      ElasticsearchSettings.of(SERVER.url()).withIndexPrefix("test-" + UUID.randomUUID());
  private final String stream = settings.indexPrefix() + "-logs";

  private static void apply(LogStore store, int row, String body) {
    store.apply(
        batch("default", of("shop", line(T0 + row, body), line(T0 + row, body))),
        new Position(row, T0 / 1_000_000));
  }

  private static List<Long> rows(LogStore store) {
    LogPlan.Search all =
        new LogPlan.Search("default", TimeRange.ALL, LogFilter.ALL, false, 100, null);
    return store.query(all).lines().stream().map(line -> line.row()).toList();
  }

  private String send(String method, String path, String body)
      throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(SERVER.url() + path))
              .header("Content-Type", "application/json")
              .method(method, HttpRequest.BodyPublishers.ofString(body))
              .build();
      HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
      return answer.body();
    }
  }

  @Test
  void replayAfterARolloverWritesNoRowTwice() throws Exception {
    try (LogStore store = ElasticsearchLogStore.open(settings, "journal")) {
      apply(store, 0, "first");
      apply(store, 2, "second");
      send("POST", "/" + stream + "/_rollover", "");
      apply(store, 2, "second");
    }
    send("DELETE", "/" + settings.indexPrefix() + "-state", "");
    try (LogStore store = ElasticsearchLogStore.open(settings, "journal")) {
      assertThat(store.appliedUpTo()).isZero();
      apply(store, 0, "first");
      apply(store, 2, "second");
      apply(store, 4, "third");
      assertThat(rows(store)).containsExactly(0L, 1L, 2L, 3L, 4L, 5L);
    }
  }

  @Test
  void journalsOfOneStreamStayApart() {
    try (LogStore one = ElasticsearchLogStore.open(settings, "one");
        LogStore two = ElasticsearchLogStore.open(settings, "two")) {
      apply(one, 0, "ours");
      one.commit();
      apply(two, 0, "theirs");
      assertThat(two.appliedUpTo()).isZero();
      assertThat(rows(two)).containsExactly(0L, 0L, 1L, 1L);
    }
  }

  @Test
  void aWriteBlockIsWaitedOutAndNothingIsLostOrDoubled() throws Exception {
    try (LogStore store = ElasticsearchLogStore.open(settings, "journal")) {
      apply(store, 0, "before");
      send("PUT", "/" + stream + "/_settings", "{\"index.blocks.write\":true}");
      assertThatThrownBy(() -> apply(store, 2, "blocked"))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("blocked by")
          .hasMessageContaining(SERVER.url());
      store.commit();
      assertThat(store.appliedUpTo()).isEqualTo(2);
      send("PUT", "/" + stream + "/_settings", "{\"index.blocks.write\":null}");
      apply(store, 2, "blocked");
      assertThat(rows(store)).containsExactly(0L, 1L, 2L, 3L);
    }
  }

  @Test
  void aDocumentThatTheClusterRefusesIsCountedAndItsNeighboursKept() throws Exception {
    String mappings =
        "{\"properties\":{\"row\":{\"type\":\"long\"},\"journal\":{\"type\":\"keyword\"}}}";
    try (RowStream rows = RowStream.open(settings, "logs", "journal", mappings)) {
      rows.apply(
          new Position(0, 0),
          3,
          (from, present) ->
              List.of(document(0, "0"), document(1, "\"no number\""), document(2, "2")));
      rows.commit();
      assertThat(rows.refused()).isEqualTo(1);
      assertThat(rows.appliedUpTo()).isEqualTo(3);
      assertThat(rows.search(s -> s.size(10)).hits().hits()).hasSize(2);
    }
  }

  private static RowDocument document(long row, String value) {
    String json = "{\"@timestamp\":0,\"journal\":\"journal\",\"row\":%s}".formatted(value);
    return new RowDocument(row, json.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void logsdbKeepsAndFindsTheSame() throws Exception {
    try (LogStore store = ElasticsearchLogStore.open(settings.withLogsdb(true), "journal")) {
      apply(store, 0, "connection refused");
      LogPlan.Search words =
          new LogPlan.Search(
              "default",
              TimeRange.ALL,
              new LogFilter(
                  Set.of("shop"),
                  Set.of(),
                  List.of(new LogFilter.Text("refused", LogFilter.TextMatch.WORDS)),
                  null,
                  0,
                  List.of()),
              true,
              10,
              null);
      assertThat(store.query(words).lines())
          .extracting(line -> line.body().asText())
          .containsExactly("connection refused", "connection refused");
      assertThat(send("GET", "/" + stream + "/_settings", "")).contains("\"mode\":\"logsdb\"");
    }
  }
}
