package dev.sextant.collector.operation;

import static dev.sextant.collector.fixture.OtlpFixture.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sextant.collector.derive.Derive;
import dev.sextant.collector.derive.DeriveSettings;
import dev.sextant.collector.derive.JournaledBatches;
import dev.sextant.collector.fixture.Otlp;
import dev.sextant.collector.otlp.SpanReceiver;
import dev.sextant.collector.receive.EventWindow;
import dev.sextant.collector.receive.Outcome;
import dev.sextant.metrics.MetricsBatch;
import dev.sextant.metrics.MetricsBatchCodec;
import dev.sextant.storage.Sink;
import dev.sextant.storage.TimeRange;
import dev.sextant.storage.file.Disk;
import dev.sextant.storage.journal.FileJournal;
import dev.sextant.storage.journal.JournalReader;
import dev.sextant.storage.journal.JournalRecord;
import dev.sextant.storage.journal.JournalSettings;
import dev.sextant.storage.otlp.AttributeValue;
import dev.sextant.storage.otlp.OtlpLimits;
import dev.sextant.storage.otlp.TraceId;
import dev.sextant.trace.EmbeddedTraceStore;
import dev.sextant.trace.SpanBatch;
import dev.sextant.trace.SpanCursor;
import dev.sextant.trace.SpanField;
import dev.sextant.trace.SpanFilter;
import dev.sextant.trace.Trace;
import dev.sextant.trace.TracePlan;
import dev.sextant.trace.TraceStoreSettings;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletionStage;
import java.util.function.IntFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From a receiver through names, journal, store and derivation: all know a span by one name. */
class OperationsOfAServiceTest {
  private static final int SPANS = 10_000;
  private static final int BATCH = 500;

  @TempDir Path directory;
  private FileJournal spans;
  private FileJournal metrics;
  private EmbeddedTraceStore store;
  private OperationNames names;
  private SpanReceiver receiver;
  private Derive derive;

  @BeforeEach
  void open() throws Exception {
    JournalSettings journal = new JournalSettings(16 << 20, 16 << 20, 16 << 20);
    spans = FileJournal.open(directory.resolve("spans"), journal, () -> NOW, Disk.local());
    metrics = FileJournal.open(directory.resolve("metrics"), journal, () -> NOW, Disk.local());
    store =
        EmbeddedTraceStore.open(directory.resolve("traces"), TraceStoreSettings.DEFAULT, () -> NOW);
    Path file = directory.resolve("operation-names.json");
    names = OperationNames.open(OperationNameSettings.DEFAULT, file, Disk.local(), () -> NOW);
    receiver =
        new SpanReceiver(
            names.before(this::keep),
            new EventWindow(() -> NOW, Duration.ofDays(7), "retention.test"),
            OtlpLimits.DEFAULT);
    derive =
        Derive.open(
            spans,
            batch -> metrics.append(batch).thenApply(Sink.Written.Accepted::new),
            new JournaledBatches(metrics),
            DeriveSettings.DEFAULT,
            () -> NOW,
            "default");
  }

  private CompletionStage<Sink.Written> keep(SpanBatch batch) {
    return spans
        .append(batch)
        .thenApply(
            position -> {
              store.apply(batch, position);
              return new Sink.Written.Accepted(position);
            });
  }

  @AfterEach
  void close() throws Exception {
    derive.close();
    store.close();
    metrics.close();
    spans.close();
    names.close();
  }

  private void send(IntFunction<String> name) {
    for (int from = 0; from < SPANS; from += BATCH) {
      Span.Builder[] batch = new Span.Builder[BATCH];
      for (int i = 0; i < BATCH; i++) {
        batch[i] = Otlp.span(from + i + 1, 1, NOW).setName(name.apply(from + i));
      }
      ByteBuffer request = ByteBuffer.wrap(Otlp.traces(batch).toByteArray());
      assertThat(receiver.receive("default", request).toCompletableFuture().join())
          .isEqualTo(Outcome.ACCEPTED);
    }
  }

  private Map<String, Double> derivedCalls() throws Exception {
    derive.drain();
    assertThat(derive.tick()).isTrue();
    Map<String, Double> calls = new HashMap<>();
    try (JournalReader reader = metrics.read(metrics.start())) {
      MetricsBatch batch = MetricsBatchCodec.decode(reader.next());
      for (var series : batch.targets().getFirst().series()) {
        if (series.labels().metricName().equals("traces_spanmetrics_calls_total")) {
          calls.put(series.labels().get("span_name"), series.values()[series.values().length - 1]);
        }
      }
    }
    return calls;
  }

  private List<String> storedNames() {
    return store.query(
        new TracePlan.FieldValues("default", TimeRange.ALL, SpanFilter.ALL, SpanField.NAME, SPANS));
  }

  private Set<String> replayedNames() throws IOException {
    Set<String> found = new TreeSet<>();
    try (JournalReader reader = spans.read(spans.start())) {
      for (JournalRecord record = reader.next(); record != null; record = reader.next()) {
        SpanCursor cursor = new SpanCursor(record.payload());
        while (cursor.next()) {
          found.add(cursor.name());
        }
      }
    }
    return found;
  }

  @Test
  void tenThousandPaths_areOneOperationEverywhere() throws Exception {
    send(i -> "GET /orders/" + i + "/items");

    assertThat(derivedCalls()).isEqualTo(Map.of("GET /orders/{id}/items", (double) SPANS));
    assertThat(storedNames()).containsExactly("GET /orders/{id}/items");
    assertThat(replayedNames()).containsExactly("GET /orders/{id}/items");
    Trace trace = store.query(new TracePlan.ById("default", new TraceId(0, 8214))).orElseThrow();
    assertThat(trace.spans().getFirst().attributes().get("url.original"))
        .isEqualTo(new AttributeValue.Text("/orders/8213/items"));
  }

  @Test
  void tenThousandSlugs_areAHundredAndOneOperationsEverywhere() throws Exception {
    send(i -> "GET /products/" + LearnedPathsTest.slug(i));

    Map<String, Double> calls = derivedCalls();
    assertThat(calls).hasSize(101).containsEntry("GET /products/{id}", SPANS - 100.0);
    assertThat(storedNames()).hasSize(101);
    assertThat(replayedNames()).isEqualTo(calls.keySet());
  }
}
