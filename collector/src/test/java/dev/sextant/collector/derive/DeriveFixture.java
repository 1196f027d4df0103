package dev.sextant.collector.derive;

import dev.sextant.collector.fixture.Otlp;
import dev.sextant.metrics.MetricsBatch;
import dev.sextant.metrics.MetricsBatchCodec;
import dev.sextant.storage.Position;
import dev.sextant.storage.Sink;
import dev.sextant.storage.file.Disk;
import dev.sextant.storage.journal.FileJournal;
import dev.sextant.storage.journal.Journal;
import dev.sextant.storage.journal.JournalReader;
import dev.sextant.storage.journal.JournalRecord;
import dev.sextant.storage.journal.JournalSettings;
import dev.sextant.trace.SpanBatch;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Derivation between two real journals, on a clock that a test moves. */
final class DeriveFixture implements AutoCloseable {
  static final Instant START = Instant.parse("2026-05-01T12:00:00Z");

  private final DeriveSettings settings;
  private final Path spanDirectory;
  private Journal spans;
  private final Journal metrics;
  private Instant now = START;
  private Derive derive;
  private boolean refusing;

  DeriveFixture(Path directory, DeriveSettings settings) throws IOException {
    this.settings = settings;
    spanDirectory = directory.resolve("spans");
    spans = journal(spanDirectory);
    metrics = journal(directory.resolve("metrics"));
    open();
  }

  private Journal journal(Path directory) throws IOException {
    JournalSettings small = new JournalSettings(64 << 10, 16 << 20, 16 << 20);
    return FileJournal.open(directory, small, () -> now, Disk.local());
  }

  private void open() throws IOException {
    derive =
        Derive.open(
            spans, this::write, new JournaledBatches(metrics), settings, () -> now, "default");
  }

  private CompletionStage<Sink.Written> write(MetricsBatch batch) {
    if (refusing) {
      return CompletableFuture.completedFuture(new Sink.Written.Throttled(1, "a test"));
    }
    return metrics.append(batch).thenApply(Sink.Written.Accepted::new);
  }

  /** Loses everything that is not in a journal. */
  void crash() throws IOException {
    derive.close();
    open();
  }

  /** Loses all spans; a new journal stands in for theirs. */
  void loseSpans() throws IOException {
    derive.close();
    spans.close();
    spans = journal(spanDirectory.resolveSibling("new-spans"));
    open();
  }

  void refuse(boolean value) {
    refusing = value;
  }

  void advance(Duration by) {
    now = now.plus(by);
  }

  Instant now() {
    return now;
  }

  Position send(String service, Span.Builder... of) {
    ExportTraceServiceRequest.Builder request = ExportTraceServiceRequest.newBuilder();
    var scope =
        request
            .addResourceSpansBuilder()
            .setResource(Otlp.resource("service.name", service))
            .addScopeSpansBuilder();
    for (Span.Builder span : of) {
      scope.addSpans(span);
    }
    return spans
        .append(new SpanBatch("default", of.length, ByteBuffer.wrap(request.build().toByteArray())))
        .join();
  }

  boolean tick() throws Exception {
    derive.drain();
    return derive.tick();
  }

  void drain() throws IOException {
    derive.drain();
  }

  void free() throws IOException {
    spans.free();
    metrics.free();
  }

  long spansStart() {
    return spans.start();
  }

  /** Every derived batch that is still in the journal, in order. */
  List<MetricsBatch> batches() throws IOException {
    List<MetricsBatch> found = new ArrayList<>();
    try (JournalReader reader = metrics.read(metrics.start())) {
      for (JournalRecord record = reader.next(); record != null; record = reader.next()) {
        found.add(MetricsBatchCodec.decode(record));
      }
    }
    return found;
  }

  /** The newest value of each series whose name has the prefix, by its labels as text. */
  Map<String, Double> newest(String prefix) throws IOException {
    Map<String, Double> values = new TreeMap<>();
    MetricsBatch batch = batches().getLast();
    batch
        .targets()
        .forEach(
            target ->
                target
                    .series()
                    .forEach(
                        series -> {
                          if (series.labels().metricName().startsWith(prefix)) {
                            values.put(
                                series.labels().toString(),
                                series.values()[series.values().length - 1]);
                          }
                        }));
    return values;
  }

  @Override
  public void close() throws IOException {
    derive.close();
    spans.close();
    metrics.close();
  }
}
