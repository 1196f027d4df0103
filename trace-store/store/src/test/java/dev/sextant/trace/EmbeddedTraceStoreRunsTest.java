package dev.sextant.trace;

import dev.sextant.storage.block.BlockSettings;

/** The contract where every batch is sealed as a run of its own as soon as it is committed. */
class EmbeddedTraceStoreRunsTest extends EmbeddedTraceStoreTest {
  @Override
  BlockSettings blocks() {
    return super.blocks().withRunRows(1);
  }

  @Override
  protected TraceStore reopen() {
    return new CommittingTraceStore(openEmbedded());
  }
}
