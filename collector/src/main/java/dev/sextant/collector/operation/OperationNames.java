package dev.sextant.collector.operation;

import dev.sextant.collector.receive.KnownBytes;
import dev.sextant.storage.Sink;
import dev.sextant.storage.file.Disk;
import dev.sextant.trace.SpanBatch;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls server, client and consumer spans whose names hold a path by the path's template: {@code
 * GET /orders/8213/items?x=1} becomes {@code GET /orders/{id}/items}. The path as it was sent is
 * kept on the span: where none of {@code url.path}, {@code http.target}, {@code url.full} and
 * {@code http.url} holds it, it is added as {@code url.original}. Nothing else of a span changes.
 *
 * <p>Segments that are values by their shape are seen at once ({@link Values}); words that stand
 * for values are learned for each service ({@link LearnedPaths}), within bounds, and kept in a file
 * over restarts. An {@code http.route} or {@code url.template} that a span has is its template;
 * names that are templates already, and those of remote procedure calls, are left alone.
 *
 * <p>A name is settled here, before the journal. What replays the journal never renames, so what
 * was learned need not be the same then. Thread-safe.
 */
public final class OperationNames implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(OperationNames.class);
  private static final long DAY_MILLIS = TimeUnit.DAYS.toMillis(1);
  private static final long SAVE_SECONDS = 60;

  /** A service that nobody heard of for so long is learned anew. */
  private static final long FORGOTTEN_DAYS = 30;

  private final OperationNameSettings settings;
  private final LearnedFile file;
  private final InstantSource clock;
  private final Learning learning;
  private final KnownBytes<Named> known;
  private final Map<ServiceKey, LearnedPaths> services = new ConcurrentHashMap<>();
  private final AtomicLong numbers = new AtomicLong();
  private final LongAdder renamed = new LongAdder();
  private final LongAdder tooLarge = new LongAdder();
  private @Nullable ScheduledExecutorService saver;
  private long saved;

  /** Whose paths are learned. */
  private record ServiceKey(String tenant, String service) {}

  /**
   * What was counted since the start.
   *
   * @param renamed spans that go by another name than they were sent with
   * @param collapses places in paths that were found to hold values
   * @param beyondPaths names that were not learned for {@code ingest.operation-names.max-paths}
   * @param beyondMemory names that were not learned for {@code ingest.operation-names.memory}
   * @param tooLarge batches that went on as they were sent, since they had become too large
   * @param bytes of what is learned and remembered now
   */
  public record Counters(
      long renamed,
      long collapses,
      long beyondPaths,
      long beyondMemory,
      long tooLarge,
      long bytes) {}

  private OperationNames(
      OperationNameSettings settings, Path file, Disk disk, InstantSource clock) {
    this.settings = settings;
    this.file = new LearnedFile(file, disk);
    this.clock = clock;
    learning = new Learning(settings, settings.memory() / 2);
    known = new KnownBytes<>(settings.memory() / 2);
  }

  /**
   * Takes back what the file holds, but for services not heard of in thirty days; a file that
   * cannot be read is put aside.
   *
   * @param file in the data directory; need not exist
   * @throws IOException where the file is of another version, or cannot be put aside
   */
  public static OperationNames open(
      OperationNameSettings settings, Path file, Disk disk, InstantSource clock)
      throws IOException {
    OperationNames names = new OperationNames(settings, file, disk, clock);
    if (settings.enabled()) {
      names.file.read().forEach(names::restore);
    }
    return names;
  }

  private void restore(LearnedJson.Entry learned) {
    if (learned.lastDay() >= today() - FORGOTTEN_DAYS) {
      ServiceKey key = new ServiceKey(learned.tenant(), learned.service());
      LearnedPaths paths = create(key);
      paths.restore(learned);
      learning.takeAnyway(bytes(key));
      services.put(key, paths);
    }
  }

  private static long bytes(ServiceKey key) {
    return LearnedPaths.BYTES + 2L * key.service().length();
  }

  /** Saves what was learned, every minute, until it is closed. */
  public synchronized void start() {
    if (settings.enabled() && saver == null) {
      saver =
          Executors.newSingleThreadScheduledExecutor(
              Thread.ofPlatform().daemon().name("sextant-operation-names").factory());
      saver.scheduleWithFixedDelay(
          () -> saveIfChanged(false), SAVE_SECONDS, SAVE_SECONDS, TimeUnit.SECONDS);
    }
  }

  /** A sink that names spans before they go to another. */
  public Sink<SpanBatch> before(Sink<SpanBatch> sink) {
    return settings.enabled() ? batch -> sink.write(named(batch)) : sink;
  }

  /** The batch with its spans named; the same one where no name changes. */
  SpanBatch named(SpanBatch batch) {
    return new BatchNames(this, batch).named();
  }

  /** What is learned of a service; null where there is no memory for one more. */
  @Nullable LearnedPaths service(String tenant, String name) {
    ServiceKey key = new ServiceKey(tenant, name);
    LearnedPaths paths = services.get(key);
    if (paths == null) {
      paths = services.computeIfAbsent(key, this::createWithin);
    }
    if (paths == null) {
      learning.outOfMemory(name);
      return null;
    }
    paths.seenOn(today());
    return paths;
  }

  private @Nullable LearnedPaths createWithin(ServiceKey key) {
    return learning.take(bytes(key)) ? create(key) : null;
  }

  private LearnedPaths create(ServiceKey key) {
    return new LearnedPaths(numbers.incrementAndGet(), key.service(), learning);
  }

  private long today() {
    return clock.millis() / DAY_MILLIS;
  }

  Learning learning() {
    return learning;
  }

  KnownBytes<Named> known() {
    return known;
  }

  boolean fromAttributes() {
    return settings.fromAttributes();
  }

  long maxBatchBytes() {
    return settings.maxBatchBytes();
  }

  void renamed(int spans) {
    renamed.add(spans);
  }

  void tooLarge() {
    tooLarge.increment();
  }

  public Counters counters() {
    return new Counters(
        renamed.sum(),
        learning.collapses.sum(),
        learning.beyondPaths.sum(),
        learning.beyondMemory.sum(),
        tooLarge.sum(),
        learning.bytes() + known.bytes());
  }

  /**
   * Writes what was learned to the file; durable when it returns.
   *
   * @throws IOException where the file keeps what it had
   */
  public synchronized void save() throws IOException {
    long changes = learning.changes.sum() + learning.collapses.sum();
    LearnedJson.Writer out = new LearnedJson.Writer();
    for (Map.Entry<ServiceKey, LearnedPaths> service : services.entrySet()) {
      service.getValue().write(service.getKey().tenant(), out);
    }
    file.write(out.finish());
    saved = changes;
  }

  private synchronized void saveIfChanged(boolean anyway) {
    if (!anyway && saved == learning.changes.sum() + learning.collapses.sum()) {
      return;
    }
    try {
      save();
    } catch (IOException | RuntimeException e) {
      LOG.error("what was learned of operations' names was not saved and will be tried again", e);
    }
  }

  /** Saves once more; receivers must have stopped. */
  @Override
  public void close() {
    ScheduledExecutorService stopped;
    synchronized (this) {
      stopped = saver;
      saver = null;
    }
    if (stopped != null) {
      stopped.shutdownNow();
    }
    if (settings.enabled()) {
      saveIfChanged(true);
    }
  }
}
