package dev.sextant.collector.operation;

import static dev.sextant.collector.fixture.OtlpFixture.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sextant.collector.fixture.Otlp;
import dev.sextant.storage.Position;
import dev.sextant.storage.Sink;
import dev.sextant.storage.file.Disk;
import dev.sextant.trace.SpanBatch;
import dev.sextant.trace.SpanCursor;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several receivers at once, and the saver beside them. */
class OperationNamesConcurrencyTest {
  private static final int THREADS = 4;
  private static final int SPANS = 5_000;

  @TempDir Path directory;

  @Test
  void threadsThatMeet_learnWhatOneWouldHave() throws Exception {
    Path file = directory.resolve("names.json");
    OperationNameSettings settings = NamedSpans.settings(50, 10_000, 8 << 20);
    Set<String> found = ConcurrentHashMap.newKeySet();
    Sink<SpanBatch> reading =
        batch -> {
          SpanCursor cursor = new SpanCursor(batch.payload());
          cursor.next();
          found.add(cursor.name());
          return CompletableFuture.completedFuture(new Sink.Written.Accepted(new Position(0, 0)));
        };
    long learned;
    try (OperationNames names = OperationNames.open(settings, file, Disk.local(), () -> NOW);
        ExecutorService threads = Executors.newFixedThreadPool(THREADS + 1)) {
      Sink<SpanBatch> door = names.before(reading);
      List<Future<?>> running = new ArrayList<>();
      for (int t = 0; t < THREADS; t++) {
        int seed = t;
        running.add(threads.submit(() -> send(door, seed)));
      }
      Future<?> saving = threads.submit(() -> save(names, running));
      for (Future<?> each : running) {
        each.get();
      }
      saving.get();
      names.save();
      learned = names.learning().bytes();
    }
    assertThat(found).contains("GET /p/{id}/r", "GET /q/{id}/{id}");
    // A name settled just before another thread's collapse may still come out behind it.
    assertThat(found.size()).isLessThan(2 * 50 + 50 * 50 + THREADS);
    try (OperationNames again = OperationNames.open(settings, file, Disk.local(), () -> NOW)) {
      assertThat(again.learning().bytes()).isEqualTo(learned);
    }
  }

  private static void send(Sink<SpanBatch> door, int seed) {
    for (int i = 0; i < SPANS; i++) {
      String slug = LearnedPathsTest.slug(seed * SPANS / 2 + i);
      String name = i % 2 == 0 ? "GET /p/" + slug + "/r" : "GET /q/" + slug + "/" + slug;
      byte[] request = Otlp.traces(NamedSpans.server(name)).toByteArray();
      var unused = door.write(new SpanBatch("default", 1, ByteBuffer.wrap(request)));
    }
  }

  private static Void save(OperationNames names, List<Future<?>> running) throws Exception {
    while (!running.stream().allMatch(Future::isDone)) {
      names.save();
    }
    return null;
  }
}
