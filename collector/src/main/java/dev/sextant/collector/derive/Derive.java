package dev.sextant.collector.derive;

import dev.sextant.metrics.MetricsBatch;
import dev.sextant.storage.Sink;
import dev.sextant.storage.journal.Journal;
import dev.sextant.storage.journal.JournalException;
import dev.sextant.storage.journal.JournalReader;
import dev.sextant.storage.journal.JournalRecord;
import java.io.IOException;
import java.time.InstantSource;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the span journal and appends one batch of metrics a tick. The counts in that batch are
 * exactly those of the distinct spans below the row it names, after any crash: what a batch says
 * and where it stands are one record of the metrics journal. What is not called for long is
 * forgotten ({@link DeriveSettings#forgetAfter}), and counted from 0 where it comes again. For one
 * thread; {@link DeriveLoop} gives it one.
 */
public final class Derive implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Derive.class);
  private static final String HOLDER = "derive";

  private final Journal spans;
  private final Sink<MetricsBatch> sink;
  private final DerivedJournal written;
  private final DeriveSettings settings;
  private final InstantSource clock;
  private final String tenant;
  private final Derivation derivation;
  private final AtomicLong damaged = new AtomicLong();
  private final JournalReader reader;

  private Derive(
      Journal spans,
      Sink<MetricsBatch> sink,
      DerivedJournal written,
      DeriveSettings settings,
      InstantSource clock,
      String tenant)
      throws IOException {
    this.spans = spans;
    this.sink = sink;
    this.written = written;
    this.settings = settings;
    this.clock = clock;
    this.tenant = tenant;
    this.derivation = new Derivation(settings, tenant);
    this.reader = resume();
  }

  /**
   * Takes up where the newest derived batch stands: reads again what pairing and the repeat window
   * need, without counting it.
   *
   * @param tenant whose metrics the batches are
   */
  public static Derive open(
      Journal spans,
      Sink<MetricsBatch> sink,
      DerivedJournal written,
      DeriveSettings settings,
      InstantSource clock,
      String tenant)
      throws IOException {
    return new Derive(spans, sink, written, settings, clock, tenant);
  }

  private JournalReader resume() throws IOException {
    MetricsBatch newest = written.newest();
    MetricsBatch.Derived counted = newest == null ? null : newest.derived();
    if (newest == null || counted == null) {
      spans.hold(HOLDER, spans.start());
      return spans.readInPlace(spans.start());
    }
    MetricsBatch.Derived position = withinJournal(counted);
    spans.hold(HOLDER, position.oldestNeededRow());
    derivation.restore(newest, position);
    try (JournalReader replay = spans.readInPlace(position.oldestNeededRow())) {
      for (JournalRecord record = read(replay);
          record != null && record.position().row() < position.spanRow();
          record = read(replay)) {
        derivation.replay(record);
      }
    }
    derivation.replayed();
    return spans.readInPlace(position.spanRow());
  }

  /** Rows behind the end of a journal that lost its newest will be given to other spans. */
  private MetricsBatch.Derived withinJournal(MetricsBatch.Derived position) {
    long end = spans.end();
    if (position.spanRow() <= end) {
      return position;
    }
    LOG.warn(
        "derived metrics count spans up to row {}, but the span journal ends at {}: its newest"
            + " spans were lost; counting goes on from there",
        position.spanRow(),
        end);
    return new MetricsBatch.Derived(
        end, Math.min(position.oldestNeededRow(), end), position.tickMillis());
  }

  private @Nullable JournalRecord read(JournalReader from) throws IOException {
    while (true) {
      try {
        return from.next();
      } catch (JournalException e) {
        damaged.incrementAndGet();
        LOG.error("spans are missing from derived metrics: {}", e.getMessage());
      }
    }
  }

  /** Counts every span that is durable by now. */
  public void drain() throws IOException {
    for (JournalRecord record = read(reader); record != null; record = read(reader)) {
      derivation.apply(record);
    }
  }

  /** As {@link #drain()}, but stops after {@code records}; true where more may be waiting. */
  boolean drain(int records) throws IOException {
    for (int i = 0; i < records; i++) {
      JournalRecord record = read(reader);
      if (record == null) {
        return false;
      }
      derivation.apply(record);
    }
    return true;
  }

  /**
   * Writes one batch and waits until it is durable. Where the sink does not take it, nothing is
   * lost: the next tick's batch says the same and more.
   *
   * @return whether the batch is durable
   */
  public boolean tick() throws InterruptedException {
    MetricsBatch batch = derivation.tick(tenant, clock.millis(), settings.interval().toMillis());
    MetricsBatch.Derived position = batch.derived();
    try {
      return switch (sink.write(batch).toCompletableFuture().get()) {
        case Sink.Written.Accepted(var at) -> {
          derivation.written();
          written.keepFrom(at.row());
          if (position != null) {
            spans.hold(HOLDER, position.oldestNeededRow());
          }
          yield true;
        }
        case Sink.Written.Throttled(long retry, String reason) -> refused(reason);
        case Sink.Written.Unavailable(long retry, String reason) -> refused(reason);
        case Sink.Written.TooLarge(String reason) -> refused(reason);
      };
    } catch (ExecutionException e) {
      LOG.error("derived metrics could not be written; the next tick tries again", e);
      return false;
    }
  }

  private static boolean refused(String reason) {
    LOG.warn("derived metrics were not taken; the next tick tries again: {}", reason);
    return false;
  }

  /** Damaged stretches of the span journal that were passed over. */
  public long damaged() {
    return damaged.get();
  }

  /** Spans and edges that a bound cut short; see {@link DeriveSettings}. */
  public long cutShort() {
    return derivation.cutShort();
  }

  @Override
  public void close() {
    try {
      reader.close();
    } catch (IOException e) {
      LOG.warn("the span journal's reader did not close", e);
    }
  }
}
