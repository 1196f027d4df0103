package dev.sextant.collector.derive;

import dev.sextant.metrics.MetricsBatch;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Where derivation finds what it wrote last: the metrics journal, as far as it is needed here. */
public interface DerivedJournal {
  /**
   * The newest batch of kind {@link MetricsBatch#KIND_DERIVED}, or null where there is none. Called
   * once, before anything may free the journal.
   */
  @Nullable MetricsBatch newest() throws IOException;

  /** The newest batch now lies at this row; nothing from here on may be freed. */
  void keepFrom(long row);
}
