package dev.sextant.collector.operation;

import org.jspecify.annotations.Nullable;

/**
 * What a name is called by what was learned of its service until then.
 *
 * @param name the operation's name, in UTF-8
 * @param epoch of its service, in which this holds
 * @param leaf the node that counts the name; null where a bound kept it from being learned
 */
record Named(byte[] name, long epoch, @Nullable PathNode leaf) {
  /** Heap that one takes beside its name's bytes. */
  static final int BYTES = 64;

  /** Counts one more span; counts of threads that meet may be lost. */
  void met() {
    if (leaf != null && leaf.hits != Integer.MAX_VALUE) {
      leaf.hits++;
    }
  }
}
