package dev.sextant.storage;

import java.nio.ByteBuffer;

/**
 * What a receiver hands on and a journal keeps: rows of one tenant and one signal, as the bytes
 * that the journal stores. Immutable; may be read by several threads at once.
 */
public interface Batch {
  /** The tenant that the rows belong to; never empty. */
  String tenant();

  /** How many rows (spans, log lines or samples) the payload holds; at least 1. */
  int rows();

  /** The payload's format, a number that the signal's own module defines; 0 to 255. */
  int kind();

  /**
   * The rows' bytes, a view from position 0 to limit that each caller may move on its own and none
   * may write to. Where it has an array, readers work on that without a copy.
   */
  ByteBuffer payload();
}
