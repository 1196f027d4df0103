package dev.sextant.storage.table;

import dev.sextant.storage.codec.Texts;

/** Byte strings, each distinct one kept once or not. */
public non-sealed interface TextValues extends Values {
  Texts entries();

  /** For each value the number of its entry; may be longer than there are values. */
  int[] codes();

  /** In heap. */
  static TextValues of(Texts entries, int[] codes) {
    return new InHeap(entries, codes);
  }

  @SuppressWarnings("ArrayRecordComponent")
  record InHeap(Texts entries, int[] codes) implements TextValues {}
}
