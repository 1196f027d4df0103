package dev.sextant.trace;

import dev.sextant.storage.block.BlockSettings;

/** The contract over runs, one for every other piece, and hot blocks beside them. */
class SealedSpanSourceTest extends EmbeddedSpanSourceTest {
  @Override
  boolean isClosed(int piece) {
    return piece % 2 == 1;
  }

  @Override
  BlockSettings blocks() {
    return super.blocks().withRunRows(1);
  }
}
