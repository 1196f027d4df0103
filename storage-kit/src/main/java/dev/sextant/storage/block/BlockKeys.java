package dev.sextant.storage.block;

import java.io.IOException;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.SortedDocValuesField;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.util.BytesRef;

/**
 * What stands beside the header of a block in order of arrival, so that it is found without reading
 * it.
 *
 * @param minTime the earliest event time, nanoseconds since the epoch
 * @param maxTime the latest one
 * @param firstRow number of its first row in the journal
 * @param lastRow number of its last row
 * @param payloadBytes of its rows in heap
 * @param stamp the journal's newest when it closed, milliseconds since the epoch
 */
record BlockKeys(
    StreamKey stream,
    int rows,
    long minTime,
    long maxTime,
    long firstRow,
    long lastRow,
    int payloadBytes,
    long stamp) {
  static BlockKeys of(HeapBlock block, long stamp) {
    RowBlock view = block.view();
    return new BlockKeys(
        block.stream,
        block.rows(),
        view.minTime(),
        view.maxTime(),
        block.firstRow(),
        block.lastRow(),
        block.payloadBytes(),
        stamp);
  }

  void addTo(Document document) {
    addNumber(document, BlockFields.MIN_TIME, minTime);
    addNumber(document, BlockFields.MAX_TIME, maxTime);
    addNumber(document, BlockFields.FIRST_ROW, firstRow);
    addNumber(document, BlockFields.LAST_ROW, lastRow);
    document.add(new NumericDocValuesField(BlockFields.ROWS, rows));
    document.add(new NumericDocValuesField(BlockFields.BYTES, payloadBytes));
    document.add(new NumericDocValuesField(BlockFields.STAMP, stamp));
    document.add(new NumericDocValuesField(BlockFields.RESOURCE_HASH, stream.resourceHash()));
    document.add(
        SortedDocValuesField.indexedField(BlockFields.TENANT, new BytesRef(stream.tenant())));
    document.add(
        SortedDocValuesField.indexedField(BlockFields.SERVICE, new BytesRef(stream.service())));
  }

  static void addNumber(Document document, String field, long value) {
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
        (int) Leaf.number(leaf, BlockFields.ROWS, document),
        Leaf.number(leaf, BlockFields.MIN_TIME, document),
        Leaf.number(leaf, BlockFields.MAX_TIME, document),
        Leaf.number(leaf, BlockFields.FIRST_ROW, document),
        Leaf.number(leaf, BlockFields.LAST_ROW, document),
        (int) Leaf.number(leaf, BlockFields.BYTES, document),
        Leaf.number(leaf, BlockFields.STAMP, document));
  }

  static StreamKey stream(LeafReader leaf, int document) throws IOException {
    return new StreamKey(
        Leaf.text(leaf, BlockFields.TENANT, document),
        Leaf.text(leaf, BlockFields.SERVICE, document),
        Leaf.number(leaf, BlockFields.RESOURCE_HASH, document));
  }
}
