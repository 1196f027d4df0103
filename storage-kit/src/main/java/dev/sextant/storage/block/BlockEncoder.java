package dev.sextant.storage.block;

import dev.sextant.storage.codec.Blob;
import dev.sextant.storage.codec.Bloom;
import dev.sextant.storage.codec.ByteWriter;
import dev.sextant.storage.codec.LongVector;
import dev.sextant.storage.otlp.Slice;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.lucene.document.BinaryDocValuesField;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.FieldType;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.SortedDocValuesField;
import org.apache.lucene.index.IndexOptions;
import org.apache.lucene.util.BytesRef;

/** Makes a Lucene document of a full block. For one block. */
final class BlockEncoder {
  private static final FieldType WORD = new FieldType();

  static {
    WORD.setIndexOptions(IndexOptions.DOCS);
    WORD.setOmitNorms(true);
    WORD.setTokenized(false);
    WORD.freeze();
  }

  private final HeapBlock heap;
  private final Block block;
  private final Document document = new Document();
  private final Map<String, Integer> checksums = new LinkedHashMap<>();

  private BlockEncoder(HeapBlock heap) {
    this.heap = heap;
    this.block = heap.view();
  }

  static EncodedBlock encode(HeapBlock heap, BlockIndexer indexer) {
    BlockEncoder encoder = new BlockEncoder(heap);
    encoder.addKeys();
    encoder.addIndex(indexer);
    encoder.addColumns();
    encoder.addPayload();
    BlockHeader header = new BlockHeader(heap.rows(), encoder.checksums);
    encoder.document.add(
        new BinaryDocValuesField(BlockFields.HEADER, new BytesRef(header.encode())));
    return new EncodedBlock(heap.stream, heap.lastRow(), heap.payloadBytes(), encoder.document);
  }

  private void addKeys() {
    addNumber(BlockFields.MIN_TIME, block.minTime());
    addNumber(BlockFields.MAX_TIME, block.maxTime());
    addNumber(BlockFields.FIRST_ROW, heap.firstRow());
    addNumber(BlockFields.LAST_ROW, heap.lastRow());
    document.add(new NumericDocValuesField(BlockFields.RESOURCE_HASH, heap.stream.resourceHash()));
    document.add(
        SortedDocValuesField.indexedField(BlockFields.TENANT, new BytesRef(heap.stream.tenant())));
    document.add(
        SortedDocValuesField.indexedField(
            BlockFields.SERVICE, new BytesRef(heap.stream.service())));
  }

  private void addNumber(String field, long value) {
    document.add(NumericDocValuesField.indexedField(field, value));
  }

  private void addIndex(BlockIndexer indexer) {
    BlockIndex index = new BlockIndex();
    indexer.index(block, index);
    for (String term : index.terms()) {
      document.add(new Field(BlockFields.WORD, term, WORD));
    }
    ByteWriter bloom = new ByteWriter(1024);
    Bloom.of(index.keys()).encode(bloom);
    addPart(BlockFields.BLOOM, bloom);
    addPart(BlockFields.SUMMARY, index.summary());
  }

  private void addColumns() {
    addVector(BlockFields.ROWS, block.rowNumbers());
    addVector(BlockFields.TIMES, block.times());
    BlockSchema schema = heap.schema;
    for (int i = 0; i < schema.columns().size(); i++) {
      addVector(BlockFields.column(schema.columns().get(i)), block.column(i));
    }
    for (int i = 0; i < schema.dictionaries().size(); i++) {
      String name = schema.dictionaries().get(i);
      addVector(BlockFields.dictionaryIds(name), block.dictionaryIds(i));
      addDictionary(BlockFields.dictionary(name), block.dictionary(i));
    }
  }

  private void addVector(String field, long[] values) {
    ByteWriter out = new ByteWriter(256);
    LongVector.encode(values, block.rows(), out);
    addPart(field, out);
  }

  private void addDictionary(String field, List<Slice> entries) {
    ByteWriter plain = new ByteWriter(1024);
    plain.putVarint(entries.size());
    entries.forEach(plain::putSized);
    addBlob(field, new Slice(plain.array(), 0, plain.length()));
  }

  private void addPayload() {
    long[] lengths = new long[block.rows()];
    for (int i = 0; i < lengths.length; i++) {
      lengths[i] = block.payload(i).length();
    }
    addVector(BlockFields.LENGTHS, lengths);
    addBlob(BlockFields.PAYLOAD, new Slice(block.payload(0).bytes(), 0, heap.payloadBytes()));
  }

  private void addBlob(String field, Slice raw) {
    ByteWriter out = new ByteWriter(64 + raw.length() / 4);
    Blob.encode(raw, out);
    addPart(field, out);
  }

  private void addPart(String field, ByteWriter bytes) {
    byte[] part = bytes.toByteArray();
    checksums.put(field, BlockHeader.checksum(Slice.of(part)));
    document.add(new BinaryDocValuesField(field, new BytesRef(part)));
  }
}
