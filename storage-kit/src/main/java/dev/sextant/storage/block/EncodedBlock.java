package dev.sextant.storage.block;

import org.apache.lucene.document.Document;

/**
 * A closed block that a commit may not hold yet, so that it can be added again to a writer that
 * lost it.
 *
 * @param payloadBytes before compression
 */
record EncodedBlock(StreamKey stream, long lastRow, int payloadBytes, Document document) {}
