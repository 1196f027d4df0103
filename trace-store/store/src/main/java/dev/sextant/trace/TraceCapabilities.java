package dev.sextant.trace;

/**
 * What a trace store can do; all false is the least. Every store answers every plan and every
 * request for spans.
 *
 * @param retention whether this store drops old data by itself, rather than leaving it to its
 *     engine
 */
public record TraceCapabilities(boolean retention) {
  public static final TraceCapabilities LEAST = new TraceCapabilities(false);
}
