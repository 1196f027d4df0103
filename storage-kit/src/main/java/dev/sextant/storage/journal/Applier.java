package dev.sextant.storage.journal;

import dev.sextant.storage.Batch;
import dev.sextant.storage.Position;
import dev.sextant.storage.Sink.Written;
import dev.sextant.storage.Store;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The work of the one thread that writes a store: first what the journal holds and the store does
 * not, then each batch when its fsync is done, in the journal's order, and commits between them.
 */
final class Applier<B extends Batch> {
  private static final Logger LOG = LoggerFactory.getLogger(Applier.class);

  private final String name;
  private final Journal journal;
  private final Store<B> store;
  private final StoreFeed<B> feed;
  private final PendingQueue<B> queue;
  private final Answers answers;
  private final CompletableFuture<Void> replayed = new CompletableFuture<>();
  private volatile boolean closing;

  final AtomicLong acceptedRows = new AtomicLong();
  final AtomicLong acceptedBytes = new AtomicLong();
  final AtomicLong replayedRows = new AtomicLong();

  Applier(
      String name,
      Journal journal,
      Store<B> store,
      StoreFeed<B> feed,
      PendingQueue<B> queue,
      Answers answers) {
    this.name = name;
    this.journal = journal;
    this.store = store;
    this.feed = feed;
    this.queue = queue;
    this.answers = answers;
  }

  /** Completes when the store has caught up with the journal, or fails when it cannot. */
  CompletableFuture<Void> replayed() {
    return replayed;
  }

  /** Lets {@link #run} end when the batches taken are answered, or after a time if they cannot. */
  void close(long nanos) {
    closing = true;
    feed.giveUpAfter(nanos);
    queue.close();
  }

  void run(Function<JournalRecord, B> decode, ReplayListener listener) {
    try {
      replay(decode, listener);
      replayed.complete(null);
      while (!queue.isDrained()) {
        Pending<B> pending = queue.poll(feed.nanosToCommit());
        if (pending != null) {
          handle(pending);
        }
        feed.commitIfDue();
      }
      feed.commit();
    } catch (InterruptedException | IOException | RuntimeException e) {
      stop(e);
    } catch (Error e) {
      stop(e);
      throw e;
    }
  }

  private void stop(Throwable cause) {
    LOG.error("the writer of {} stopped", name, cause);
    replayed.completeExceptionally(cause);
    queue.close();
    for (Pending<B> rest : queue.drain()) {
      rest.answer().completeExceptionally(cause);
    }
  }

  private void replay(Function<JournalRecord, B> decode, ReplayListener listener)
      throws IOException, InterruptedException {
    long from = store.appliedUpTo();
    long end = journal.end();
    if (from > end) {
      LOG.warn("store {} holds rows below {}, its journal ends at {}", name, from, end);
      journal.skipTo(from);
    }
    journal.hold(StoreFeed.HOLDER, from);
    try (JournalReader reader = journal.read(from)) {
      JournalRecord next = nextOf(reader);
      while (next != null && !closing) {
        StoreFeed.Outcome outcome =
            feed.apply(decode.apply(next), next.position(), next.payload().remaining());
        if (outcome instanceof StoreFeed.Outcome.GivenUp(var cause)) {
          throw cause;
        }
        replayedRows.addAndGet(next.rows());
        listener.replayed(next.endRow(), end);
        next = nextOf(reader);
      }
    }
  }

  /** The next record that can be read; damage is logged, and counted by the journal. */
  private static @Nullable JournalRecord nextOf(JournalReader reader) throws IOException {
    while (true) {
      try {
        return reader.next();
      } catch (JournalException e) {
        LOG.error("rows of the journal are lost", e);
      }
    }
  }

  private void handle(Pending<B> pending) throws InterruptedException {
    try {
      Position position = pending.durable().join();
      switch (feed.apply(pending.batch(), position, pending.bytes())) {
        case StoreFeed.Outcome.Applied() -> {
          acceptedRows.addAndGet(pending.batch().rows());
          acceptedBytes.addAndGet(pending.bytes());
          answer(pending, new Written.Accepted(position));
        }
        case StoreFeed.Outcome.Skipped(var cause) -> {
          queue.answered(pending);
          pending.answer().completeExceptionally(cause);
        }
        case StoreFeed.Outcome.GivenUp(var cause) ->
            answer(pending, answers.unavailable("shutting down, and " + cause.getMessage()));
      }
    } catch (CompletionException e) {
      answer(pending, answers.of(e));
    }
  }

  private void answer(Pending<B> pending, Written written) {
    queue.answered(pending);
    pending.answer().complete(written);
  }
}
