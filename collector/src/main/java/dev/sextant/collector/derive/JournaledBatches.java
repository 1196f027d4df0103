package dev.sextant.collector.derive;

import dev.sextant.metrics.MetricsBatch;
import dev.sextant.metrics.MetricsBatchCodec;
import dev.sextant.storage.journal.Journal;
import dev.sextant.storage.journal.JournalException;
import dev.sextant.storage.journal.JournalReader;
import dev.sextant.storage.journal.JournalRecord;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@link DerivedJournal} over the metrics journal itself, which is walked once from its start. */
public final class JournaledBatches implements DerivedJournal {
  private static final Logger LOG = LoggerFactory.getLogger(JournaledBatches.class);
  private static final String HOLDER = "derive";

  private final Journal metrics;

  public JournaledBatches(Journal metrics) {
    this.metrics = metrics;
  }

  @Override
  public @Nullable MetricsBatch newest() throws IOException {
    JournalRecord newest = null;
    try (JournalReader reader = metrics.read(metrics.start())) {
      while (true) {
        JournalRecord record;
        try {
          record = reader.next();
        } catch (JournalException e) {
          LOG.error("looking for the newest derived batch: {}; going on behind it", e.getMessage());
          continue;
        }
        if (record == null) {
          break;
        }
        if (record.kind() == MetricsBatch.KIND_DERIVED) {
          newest = record;
        }
      }
    }
    metrics.hold(HOLDER, newest == null ? metrics.start() : newest.position().row());
    return newest == null ? null : MetricsBatchCodec.decode(newest);
  }

  @Override
  public void keepFrom(long row) {
    metrics.hold(HOLDER, row);
  }
}
