package dev.sextant.storage.block;

import java.io.IOException;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.SortedDocValuesField;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.util.BytesRef;

/**
 * What stands beside a block's header, so that blocks are found without reading them.
 *
 * @param minTime the earliest event time, nanoseconds since the epoch
 * @param maxTime the latest one
 * @param firstRow number of its first row in the journal
 * @param lastRow number of its last row
 */
record BlockKeys(StreamKey stream, long minTime, long maxTime, long firstRow, long lastRow) {
  static BlockKeys of(HeapBlock block) {
    RowBlock view = block.view();
    return new BlockKeys(
        block.stream, view.minTime(), view.maxTime(), block.firstRow(), block.lastRow());
  }

  void addTo(Document document) {
    addNumber(document, BlockFields.MIN_TIME, minTime);
    addNumber(document, BlockFields.MAX_TIME, maxTime);
    addNumber(document, BlockFields.FIRST_ROW, firstRow);
    addNumber(document, BlockFields.LAST_ROW, lastRow);
    document.add(new NumericDocValuesField(BlockFields.RESOURCE_HASH, stream.resourceHash()));
    document.add(
        SortedDocValuesField.indexedField(BlockFields.TENANT, new BytesRef(stream.tenant())));
    document.add(
        SortedDocValuesField.indexedField(BlockFields.SERVICE, new BytesRef(stream.service())));
  }

  private static void addNumber(Document document, String field, long value) {
    document.add(NumericDocValuesField.indexedField(field, value));
  }

  /**
   * Reads a stored block's.
   *
   * @throws org.apache.lucene.index.CorruptIndexException where some are missing
   */
  static BlockKeys read(LeafReader leaf, int document) throws IOException {
    return new BlockKeys(
        stream(leaf, document),
        Leaf.number(leaf, BlockFields.MIN_TIME, document),
        Leaf.number(leaf, BlockFields.MAX_TIME, document),
        Leaf.number(leaf, BlockFields.FIRST_ROW, document),
        Leaf.number(leaf, BlockFields.LAST_ROW, document));
  }

  static StreamKey stream(LeafReader leaf, int document) throws IOException {
    return new StreamKey(
        Leaf.text(leaf, BlockFields.TENANT, document),
        Leaf.text(leaf, BlockFields.SERVICE, document),
        Leaf.number(leaf, BlockFields.RESOURCE_HASH, document));
  }
}
