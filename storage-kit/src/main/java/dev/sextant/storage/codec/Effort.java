package dev.sextant.storage.codec;

/** How hard an encoder tries to be short. Decoding costs about the same. */
public enum Effort {
  /** For what is soon written anew. */
  QUICK(1),
  /** For what stays. */
  THOROUGH(3);

  /** Of zstd. */
  final int level;

  Effort(int level) {
    this.level = level;
  }
}
