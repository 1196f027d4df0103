package dev.sextant.storage.block;

import org.apache.lucene.document.BinaryDocValuesField;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.FieldType;
import org.apache.lucene.index.IndexOptions;
import org.apache.lucene.util.BytesRef;

/** Makes Lucene documents of blocks. */
final class BlockEncoder {
  private static final FieldType WORD = new FieldType();

  static {
    WORD.setIndexOptions(IndexOptions.DOCS);
    WORD.setOmitNorms(true);
    WORD.setTokenized(false);
    WORD.freeze();
  }

  private BlockEncoder() {}

  /** A block that closes. */
  static EncodedBlock encode(HeapBlock heap, BlockLayout layout) {
    BlockContent content = new BlockContent();
    layout.write(heap.view(), content);
    return encode(BlockKeys.of(heap), heap.rows(), heap.payloadBytes(), content);
  }

  static EncodedBlock encode(BlockKeys keys, int rows, int payloadBytes, BlockContent content) {
    Document document = new Document();
    keys.addTo(document);
    addContent(document, rows, content);
    return new EncodedBlock(keys.stream(), keys.lastRow(), payloadBytes, document);
  }

  private static void addContent(Document document, int rows, BlockContent content) {
    for (String term : content.terms()) {
      document.add(new Field(BlockFields.WORD, term, WORD));
    }
    byte[] header =
        BlockHeader.encode(
            rows,
            content,
            (field, part) -> document.add(new BinaryDocValuesField(field, new BytesRef(part))));
    document.add(new BinaryDocValuesField(BlockFields.HEADER, new BytesRef(header)));
  }
}
