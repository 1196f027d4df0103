package dev.sextant.storage.otlp;

import dev.sextant.storage.TimeRange;

/**
 * What a receiver accepts of one OTLP request beyond being well formed.
 *
 * @param maxNesting how deep attribute values may nest (lists and maps in each other); a request
 *     that nests deeper is malformed as a whole. Setting {@code ingest.limits.otlp-nesting}
 * @param maxRowBytes how long one span or log record may be; longer ones are rejected. Setting
 *     {@code ingest.limits.otlp-row-bytes}
 * @param times event times that are accepted; rows outside are rejected
 */
public record OtlpLimits(int maxNesting, int maxRowBytes, TimeRange times) {
  public static final OtlpLimits DEFAULT = new OtlpLimits(32, 1 << 20, TimeRange.ALL);

  /** How many messages may nest in what was stored: what any receiver's limits let through. */
  public static final int STORED = 1000;

  /** Messages around a row's attributes, and the two that hold each level of values. */
  private static final int AROUND = 8;

  /** The same limits with other event times. */
  public OtlpLimits withTimes(TimeRange accepted) {
    return new OtlpLimits(maxNesting, maxRowBytes, accepted);
  }

  /** The bound in messages that a {@link ProtoReader} keeps. */
  int maxDepth() {
    return AROUND + 2 * maxNesting;
  }
}
