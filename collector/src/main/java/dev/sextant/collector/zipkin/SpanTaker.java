package dev.sextant.collector.zipkin;

/** Takes a message's spans one by one, as they are read. */
interface SpanTaker {
  /**
   * @param where the span stands in its message, for messages
   */
  void take(ZipkinSpan span, String where) throws UnreadableException;

  /** A span that is wrong; those around it are taken. */
  void reject(String why);
}
