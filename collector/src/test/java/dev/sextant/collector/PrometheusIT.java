package dev.sextant.collector;

import static org.assertj.core.api.Assertions.assertThat;

import com.linecorp.armeria.server.Server;
import com.linecorp.armeria.server.ServerBuilder;
import dev.sextant.collector.fixture.RecordingSink;
import dev.sextant.log.LogBatch;
import dev.sextant.metrics.MetricsBatch;
import dev.sextant.trace.SpanBatch;
import java.io.File;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real Prometheus scrapes itself and writes to us. */
class PrometheusIT {
  private static final Path PROMETHEUS = Path.of("/usr/bin/prometheus");

  @TempDir Path folder;

  @Test
  void remoteWrite_arrives() throws Exception {
    Assumptions.assumeTrue(
        Files.isExecutable(PROMETHEUS),
        "skipped: prometheus is not installed (Debian: apt-get install prometheus)");
    RecordingSink<MetricsBatch> metrics = new RecordingSink<>();
    CountDownLatch up = new CountDownLatch(1);
    Collector collector =
        new Collector(
            new Collector.Sinks(
                new RecordingSink<SpanBatch>(),
                batch -> {
                  if (hasUp(batch)) {
                    up.countDown();
                  }
                  return metrics.write(batch);
                },
                new RecordingSink<LogBatch>()),
            CollectorSettings.DEFAULT,
            InstantSource.system());
    ServerBuilder builder = Server.builder().http(0);
    collector.remoteWriteRoutes().forEach(builder::service);
    Server server = builder.build();
    server.start().join();
    Process prometheus = start(server.activeLocalPort());
    try {
      assertThat(up.await(60, TimeUnit.SECONDS)).isTrue();
    } finally {
      prometheus.destroyForcibly().waitFor();
      server.stop().join();
    }
    assertThat(metrics.batches().getFirst().targets().getFirst().target().get("job"))
        .isEqualTo("itself");
  }

  private static boolean hasUp(MetricsBatch batch) {
    return batch.targets().stream()
        .flatMap(target -> target.series().stream())
        .anyMatch(series -> series.labels().metricName().equals("up") && series.values()[0] == 1);
  }

  private Process start(int port) throws Exception {
    int own;
    try (ServerSocket free = new ServerSocket(0)) {
      own = free.getLocalPort();
    }
    Path config = folder.resolve("prometheus.yml");
    Files.writeString(
        config,
        """
        global: {scrape_interval: 1s}
        scrape_configs:
          - job_name: itself
            static_configs: [{targets: ['127.0.0.1:%d']}]
        remote_write:
          - url: http://127.0.0.1:%d/api/v1/write
            queue_config: {batch_send_deadline: 1s}
        """
            .formatted(own, port));
    return new ProcessBuilder(
            List.of(
                PROMETHEUS.toString(),
                "--config.file=" + config,
                "--storage.tsdb.path=" + folder.resolve("data"),
                "--web.listen-address=127.0.0.1:" + own))
        .redirectErrorStream(true)
        .redirectOutput(new File(folder.toFile(), "log"))
        .start();
  }
}
