package dev.sextant.storage.journal;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Reads durable records in order. For one thread. */
public interface JournalReader extends Closeable {
  /**
   * The next record, or null where the journal holds no further durable one yet.
   *
   * @throws JournalException naming file and offset where a record is damaged; the call after it
   *     goes on with the next segment. Any other {@link IOException} leaves the reader where it is
   */
  @Nullable JournalRecord next() throws IOException;

  /** As {@link #next()}, waiting up to {@code timeout} for a record to become durable. */
  @Nullable JournalRecord next(Duration timeout) throws IOException, InterruptedException;
}
