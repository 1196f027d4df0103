package dev.sextant.collector.zipkin;

import org.jspecify.annotations.Nullable;

/**
 * Takes a message's spans one by one, as they are read. Each method but {@link #reject} may throw
 * {@link UnreadableException} where a bound of the message is reached.
 */
interface SpanTaker {
  /**
   * Counts something of the span that is being read, such as a tag, before it is kept.
   *
   * @param length characters of its texts
   * @return false where the span holds too much: it is to be read on, and this not to be kept
   */
  boolean hold(long length);

  /**
   * The span was read to its end. What it held is let go.
   *
   * @param where it stands in its message, for messages
   * @param problem that keeps it from being taken, with its place, or null
   * @param taking hands the span over
   */
  void ended(String where, @Nullable String problem, Runnable taking);

  /**
   * @param where the span stands in its message, for messages
   */
  void take(ZipkinSpan span, String where);

  /** A span that is wrong; those around it are taken. */
  void reject(String why);
}
