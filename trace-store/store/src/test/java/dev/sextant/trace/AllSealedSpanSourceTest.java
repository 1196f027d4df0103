package dev.sextant.trace;

/** The contract over runs, one for each piece, and nothing else. */
class AllSealedSpanSourceTest extends SealedSpanSourceTest {
  @Override
  boolean isClosed(int piece) {
    return true;
  }
}
