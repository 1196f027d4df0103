package dev.sextant.benchmarks.ingest;

import dev.sextant.benchmarks.Benchmark;
import dev.sextant.benchmarks.Row;
import dev.sextant.benchmarks.subject.Subject;
import dev.sextant.benchmarks.subject.Subjects;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Rows per second of the receiving process's own processor time, durable when acknowledged. Every
 * figure begins with an empty directory and a new process.
 */
public final class IngestBenchmark implements Benchmark {
  /** What Zipkin 3.6 takes into memory, of 479-byte JSON spans. */
  private static final double SPANS = 43_000;

  /** What Prometheus 2.42 takes by remote write. */
  private static final double SAMPLES = 270_000;

  /** What Elasticsearch 8.19 takes by {@code _bulk} at its best, of 264-byte documents. */
  private static final double LINES = 66_000;

  private final Meter meter =
      new Meter(
          Duration.ofSeconds(Long.getLong("sextant.bench.warm-up", 15)),
          Duration.ofSeconds(Long.getLong("sextant.bench.warm-up-cpu", 30)),
          Duration.ofSeconds(Long.getLong("sextant.bench.time", 40)));

  @Override
  public String name() {
    return "ingest";
  }

  @Override
  public String summary() {
    return "spans, samples and lines per CPU second of the server, durable when acknowledged";
  }

  @Override
  public List<Row> run(Options options) throws IOException, InterruptedException {
    List<Row> rows = new ArrayList<>();
    rows.add(row("spans", "spans", new SpanTraffic(), "otlp_http", SPANS, Map.of()));
    rows.add(row("samples", "samples", new OtlpSamples(), "otlp_http", SAMPLES, Map.of()));
    Map<String, Double> prometheus = options.peers() ? prometheus() : Map.of();
    double goal = prometheus.getOrDefault("Prometheus", SAMPLES);
    rows.add(
        row("samples-remote-write", "samples", new RemoteWriteSamples(), "http", goal, prometheus));
    rows.add(row("lines", "lines", new LineTraffic(), "otlp_http", LINES, Map.of()));
    return rows;
  }

  private Row row(
      String id, String what, Traffic traffic, String door, double goal, Map<String, Double> peers)
      throws IOException, InterruptedException {
    double ours =
        inDirectory(
            directory -> {
              try (Subject subject = Subjects.sextant(directory, door)) {
                return meter.measure(subject, traffic).perCpuSecond();
              }
            });
    System.err.printf("%s: %,.0f per CPU second%n", id, ours);
    return Row.atLeast(id, what + " per CPU second", ours, peers, goal);
  }

  private Map<String, Double> prometheus() throws IOException, InterruptedException {
    Map<String, Double> figures = new TreeMap<>();
    Optional<Double> figure =
        inDirectory(
            directory -> {
              Optional<Subject> started = Subjects.prometheus(directory);
              if (started.isEmpty()) {
                return Optional.empty();
              }
              try (Subject subject = started.get()) {
                return Optional.of(meter.measure(subject, new RemoteWriteSamples()).perCpuSecond());
              }
            });
    figure.ifPresentOrElse(
        value -> figures.put("Prometheus", value),
        () ->
            System.err.println("Prometheus is left out: it is not installed (package prometheus)"));
    return figures;
  }

  @FunctionalInterface
  private interface Measurement<T> {
    T in(Path directory) throws IOException, InterruptedException;
  }

  private static <T> T inDirectory(Measurement<T> measurement)
      throws IOException, InterruptedException {
    Path directory = Files.createTempDirectory("sextant-bench");
    try {
      return measurement.in(directory);
    } finally {
      try (Stream<Path> files = Files.walk(directory)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.deleteIfExists(file);
        }
      }
    }
  }
}
