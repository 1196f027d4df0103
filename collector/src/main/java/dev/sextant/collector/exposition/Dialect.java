package dev.sextant.collector.exposition;

/** Which text format a target speaks. */
public enum Dialect {
  /** {@code text/plain; version=0.0.4}: lenient about space, timestamps in milliseconds. */
  TEXT,
  /** {@code application/openmetrics-text; version=1.0.0}: strict, timestamps in seconds. */
  OPENMETRICS;

  /** The dialect that a {@code Content-Type} names; anything else is read as the classic text. */
  public static Dialect of(String contentType) {
    return contentType.startsWith("application/openmetrics-text") ? OPENMETRICS : TEXT;
  }
}
