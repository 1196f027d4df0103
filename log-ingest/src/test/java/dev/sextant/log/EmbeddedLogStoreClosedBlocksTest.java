package dev.sextant.log;

/** The contract over blocks in Lucene, where the other test has them in heap. */
class EmbeddedLogStoreClosedBlocksTest extends EmbeddedLogStoreTest {
  @Override
  protected LogStore reopen() {
    return new CommittingLogStore(openEmbedded());
  }
}
