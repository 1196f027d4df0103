/**
 * Spans and log lines in Lucene, a block of rows of one stream as one document. {@link
 * dev.sextant.storage.block.BlockStore} is the door. The bytes are described in {@code
 * docs/format/block.md}.
 */
@NullMarked
package dev.sextant.storage.block;

import org.jspecify.annotations.NullMarked;
