package dev.sextant.metrics.model;

/** Series, one after another. For one thread. */
public interface SeriesSet extends AutoCloseable {
  /** Moves to the next series; false after the last. */
  boolean next();

  /** Of the current series. */
  Labels labels();

  /** A cursor over the current series' samples, good until {@link #next()} is called. */
  SampleCursor samples();

  @Override
  void close();
}
