package dev.sextant.collector.scrape;

import static org.assertj.core.api.Assertions.assertThat;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.server.Server;
import dev.sextant.collector.fixture.RecordingSink;
import dev.sextant.collector.http.BodyMemory;
import dev.sextant.collector.http.BoundedBody;
import dev.sextant.collector.receive.EventWindow;
import dev.sextant.metrics.MetricsBatch;
import dev.sextant.metrics.MetricsBatch.SeriesSamples;
import dev.sextant.metrics.model.Labels;
import dev.sextant.metrics.model.Metadata;
import dev.sextant.metrics.model.NativeHistogram;
import dev.sextant.storage.Sink;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScraperTest {
  private static volatile String body;
  private static volatile String type;
  private static volatile int status;
  private static volatile boolean gzip;
  private static volatile String authorization;
  private static final AtomicInteger requests = new AtomicInteger();
  private static final Server server =
      Server.builder()
          .http(0)
          .service(
              "/metrics",
              (ctx, request) -> {
                requests.incrementAndGet();
                authorization = request.headers().get("authorization", "");
                return answer();
              })
          .build();

  static {
    server.start().join();
  }

  @TempDir Path folder;
  private final RecordingSink<MetricsBatch> sink = new RecordingSink<>();
  private Instant now = Instant.parse("2026-05-01T12:00:00Z");
  private Scraper scraper;

  private static HttpResponse answer() throws Exception {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    var headers = ResponseHeaders.builder(HttpStatus.valueOf(status)).set("content-type", type);
    if (gzip) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      try (GZIPOutputStream stream = new GZIPOutputStream(out)) {
        stream.write(bytes);
      }
      bytes = out.toByteArray();
      headers.set("content-encoding", "gzip");
    }
    return HttpResponse.of(headers.build(), HttpData.wrap(bytes));
  }

  @AfterAll
  static void stop() {
    server.stop().join();
  }

  @BeforeEach
  void reset() {
    body = "a 1\n";
    type = "text/plain; version=0.0.4";
    status = 200;
    gzip = false;
    requests.set(0);
  }

  @AfterEach
  void close() {
    scraper.close();
  }

  @Test
  void samples_haveTheTargetsLabelsAndTheScrapesOwn() throws Exception {
    body =
        "# HELP a Help.\n# TYPE a counter\na{x=\"1\"} 5\na{job=\"own\"} 6 "
            + now.toEpochMilli()
            + "\n";
    open("");
    scrape();
    MetricsBatch batch = sink.only();
    Labels target = Labels.of("job", "shop", "instance", instance());
    assertThat(batch.targets().getFirst().target()).isEqualTo(target);
    assertThat(values(batch))
        .containsEntry(
            "a{env=\"prod\", instance=\"" + instance() + "\", job=\"shop\", x=\"1\"}", 5.0)
        .containsEntry(
            "a{env=\"prod\", exported_job=\"own\", instance=\"" + instance() + "\", job=\"shop\"}",
            6.0);
    assertThat(own(batch, "up")).isEqualTo(1);
    assertThat(own(batch, "scrape_samples_scraped")).isEqualTo(2);
    assertThat(own(batch, "scrape_samples_post_metric_relabeling")).isEqualTo(2);
    assertThat(own(batch, "scrape_series_added")).isEqualTo(1);
    assertThat(batch.metadata()).containsExactly(new Metadata("a", "counter", "Help.", ""));
    Targets.Status state = scraper.active().getFirst();
    assertThat(state.health()).isEqualTo(Targets.Health.UP);
    assertThat(state.lastScrapeMillis()).isEqualTo(now.toEpochMilli());
  }

  @Test
  void openMetrics_keepsExemplarsAndSeconds() throws Exception {
    type = "application/openmetrics-text; version=1.0.0; charset=utf-8";
    body =
        "# TYPE a counter\na_total 5 " + now.getEpochSecond() + ".5 # {trace_id=\"t\"} 2\n# EOF\n";
    open("");
    scrape();
    SeriesSamples series = series(sink.only(), "a_total");
    assertThat(sink.only().targets().getFirst().times()).contains(now.toEpochMilli() - 9500);
    assertThat(series.exemplars().getFirst().labels()).isEqualTo(Labels.of("trace_id", "t"));
  }

  @Test
  void honorLabels_keepsTheSamplesOwn() throws Exception {
    body = "a{job=\"own\"} 6\n";
    open("    honor_labels: true\n");
    scrape();
    assertThat(series(sink.only(), "a").labels().get("job")).isEqualTo("own");
  }

  @Test
  void aSeriesThatVanishes_isMarkedStale() throws Exception {
    body = "a 1\nb 1\n";
    open("");
    scrape();
    sink.reset();
    body = "a 1\n";
    scrape();
    assertThat(isStale(series(sink.only(), "b"))).isTrue();
    assertThat(isStale(series(sink.only(), "a"))).isFalse();
  }

  @Test
  void aRefusedBatch_leavesTheMarkersToTheNext() throws Exception {
    body = "a 1\nb 1\n";
    open("");
    scrape();
    body = "a 1\n";
    sink.answer(new Sink.Written.Throttled(1, "a test"));
    scrape();
    sink.reset();
    scrape();
    assertThat(isStale(series(sink.only(), "b"))).isTrue();
  }

  @Test
  void aTargetThatFails_isDownAndItsSeriesStale() throws Exception {
    open("");
    scrape();
    sink.reset();
    status = 500;
    scrape();
    assertThat(own(sink.only(), "up")).isZero();
    assertThat(isStale(series(sink.only(), "a"))).isTrue();
    assertThat(scraper.active().getFirst().lastError()).contains("HTTP status 500");
    assertThat(scraper.active().getFirst().health()).isEqualTo(Targets.Health.DOWN);
  }

  @Test
  void limitsAndBrokenText_failTheScrapeAsAWhole() throws Exception {
    body = "a 1\nb 2\nc 3\n";
    open("    sample_limit: 2\n    label_limit: 5\n    body_size_limit: 1KB\n");
    scrape();
    assertThat(lastError()).isEqualTo("line 3: sample_limit (2) exceeded");
    assertThat(values(sink.only()).keySet()).noneMatch(name -> name.startsWith("a{"));
    assertThat(own(sink.only(), "scrape_samples_scraped")).isEqualTo(3);
    body = "a{x=\"1\",y=\"2\",z=\"3\"} 1\n";
    scrape();
    assertThat(lastError()).contains("label_limit (5) exceeded");
    body = "a{ 1\n";
    scrape();
    assertThat(lastError()).startsWith("line 1: expected a label's name");
    gzip = true;
    body = "#" + " ".repeat(100_000) + "\n";
    scrape();
    assertThat(lastError()).contains("after decompression", "body_size_limit");
  }

  @Test
  void metricRelabeling_dropsAndChanges() throws Exception {
    gzip = true;
    body = "a 1\nb{x=\"1\"} 2\n";
    open(
        """
            metric_relabel_configs:
              - {source_labels: [__name__], regex: a, action: drop}
              - {action: labeldrop, regex: x}
        """);
    scrape();
    assertThat(values(sink.only()))
        .containsEntry("b{env=\"prod\", instance=\"" + instance() + "\", job=\"shop\"}", 2.0);
    assertThat(own(sink.only(), "scrape_samples_post_metric_relabeling")).isEqualTo(1);
  }

  @Test
  void credentials_areSentAndReadAnew() throws Exception {
    Files.writeString(folder.resolve("secret"), "s3cret\n");
    open("    authorization: {credentials_file: secret}\n");
    scrape();
    assertThat(authorization).isEqualTo("Bearer s3cret");
    Files.writeString(folder.resolve("secret"), "other");
    scrape();
    assertThat(authorization).isEqualTo("Bearer other");
  }

  @Test
  void discoveryFiles_addAndRemoveTargets() throws Exception {
    Path file = folder.resolve("targets.json");
    Files.writeString(
        file, "[{\"targets\": [\"" + instance() + "\"], \"labels\": {\"env\": \"dev\"}}]");
    openYaml(
        """
        scrape_configs:
          - job_name: shop
            scrape_interval: 10s
            file_sd_configs: [{files: [targets.json], refresh_interval: 30s}]
            relabel_configs:
              - {source_labels: [env], regex: gone, action: drop}
        """);
    scrape();
    assertThat(series(sink.only(), "a").labels().get("env")).isEqualTo("dev");
    Files.writeString(
        file, "[{\"targets\": [\"" + instance() + "\"], \"labels\": {\"env\": \"gone\"}}]");
    sink.reset();
    now = now.plusSeconds(30);
    scraper.runDue().join();
    assertThat(scraper.active()).isEmpty();
    assertThat(scraper.dropped().getFirst().discovered()).containsEntry("env", "gone");
    assertThat(sink.only().targets().getFirst().series()).allMatch(ScraperTest::isStale).hasSize(6);
    Files.writeString(file, "not: [a list");
    now = now.plusSeconds(30);
    scraper.runDue().join();
    assertThat(scraper.dropped()).hasSize(1);
  }

  @Test
  void scrapes_lieOneIntervalApart() throws Exception {
    open("");
    scrape();
    sink.reset();
    requests.set(0);
    for (int i = 0; i < 100; i++) {
      now = now.plusSeconds(1);
      scraper.runDue().join();
    }
    assertThat(requests).hasValue(10);
    long[] times =
        sink.batches().stream().mapToLong(b -> b.targets().getFirst().times()[0]).toArray();
    for (int i = 1; i < times.length; i++) {
      assertThat(times[i] - times[i - 1]).isEqualTo(10_000);
    }
  }

  private void open(String more) throws Exception {
    openYaml(
        "scrape_configs:\n  - job_name: shop\n    scrape_interval: 10s\n"
            + more
            + "    static_configs: [{targets: ['"
            + instance()
            + "'], labels: {env: prod}}]\n");
  }

  private void openYaml(String yaml) throws Exception {
    scraper =
        new Scraper(
            ScrapeConfigs.parse("prometheus.yml", yaml, folder),
            new BoundedBody(new BodyMemory(16 << 20)),
            sink,
            new EventWindow(() -> now, Duration.ofDays(1), "retention.test"),
            () -> now);
    scraper.runDue().join();
    sink.reset();
  }

  /** Moves the clock by one interval, which every target is due in. */
  private void scrape() {
    now = now.plusSeconds(10);
    scraper.runDue().join();
  }

  private static String instance() {
    return "127.0.0.1:" + server.activeLocalPort();
  }

  private String lastError() {
    return scraper.active().getFirst().lastError();
  }

  private static double own(MetricsBatch batch, String name) {
    return series(batch, name).values()[0];
  }

  private static boolean isStale(SeriesSamples series) {
    return Double.doubleToRawLongBits(series.values()[0]) == NativeHistogram.STALE_BITS;
  }

  private static SeriesSamples series(MetricsBatch batch, String name) {
    return batch.targets().getFirst().series().stream()
        .filter(s -> s.labels().metricName().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static Map<String, Double> values(MetricsBatch batch) {
    Map<String, Double> values = new TreeMap<>();
    batch
        .targets()
        .getFirst()
        .series()
        .forEach(s -> values.put(s.labels().toString(), s.values()[0]));
    return values;
  }
}
