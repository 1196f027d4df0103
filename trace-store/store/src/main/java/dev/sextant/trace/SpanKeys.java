package dev.sextant.trace;

import dev.sextant.storage.codec.Hash;

/**
 * Hashes by which traces are found, in the bloom filters of blocks in order of arrival and in the
 * indexes of runs. They are stored, so they stay what they are.
 */
final class SpanKeys {
  private SpanKeys() {}

  static long ofTrace(long high, long low) {
    return Hash.of(high, low);
  }
}
