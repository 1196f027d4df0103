package dev.sextant.trace;

/** The contract over blocks in Lucene, where the other test has them in heap. */
class EmbeddedTraceStoreClosedBlocksTest extends EmbeddedTraceStoreTest {
  @Override
  protected TraceStore reopen() {
    return new CommittingTraceStore(openEmbedded());
  }
}
