package dev.sextant.storage.journal;

import dev.sextant.storage.Batch;
import dev.sextant.storage.Position;
import dev.sextant.storage.Sink.Written;
import java.util.concurrent.CompletableFuture;

/**
 * A batch between the journal and the store.
 *
 * @param bytes of its payload
 * @param durable completes when the journal has it
 * @param answer completes when the store has it, or nobody will
 */
record Pending<B extends Batch>(
    B batch, long bytes, CompletableFuture<Position> durable, CompletableFuture<Written> answer) {}
