package dev.sextant.storage.block;

import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.document.BinaryDocValuesField;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.FieldType;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.SortedDocValuesField;
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

  /**
   * A block that closes.
   *
   * @param stamp the journal's newest
   */
  static EncodedBlock encode(HeapBlock heap, BlockLayout layout, long stamp) {
    BlockContent content = new BlockContent();
    layout.write(heap.view(), content);
    return encode(BlockKeys.of(heap, stamp), content);
  }

  static EncodedBlock encode(BlockKeys keys, BlockContent content) {
    Document document = new Document();
    keys.addTo(document);
    addContent(document, keys.rows(), content);
    return new EncodedBlock(keys.stream(), keys.lastRow(), keys.payloadBytes(), document);
  }

  /**
   * The documents of a run, which must lie in one segment.
   *
   * @param id that no other run of the partition has
   */
  static List<Document> encode(
      String tenant, long id, BlockContent index, List<Run.Sealed> blocks) {
    List<Document> documents = new ArrayList<>();
    documents.add(ofRun(tenant, id, 0));
    addContent(documents.getFirst(), 0, index);
    for (Run.Sealed block : blocks) {
      Document document = ofRun(tenant, id, documents.size());
      BlockKeys.addNumber(document, BlockFields.MIN_TIME, block.minTime());
      BlockKeys.addNumber(document, BlockFields.MAX_TIME, block.maxTime());
      addContent(document, block.rows(), block.content());
      documents.add(document);
    }
    return documents;
  }

  private static Document ofRun(String tenant, long id, int place) {
    Document document = new Document();
    document.add(new NumericDocValuesField(BlockFields.RUN, id));
    document.add(new NumericDocValuesField(BlockFields.PLACE, place));
    document.add(SortedDocValuesField.indexedField(BlockFields.TENANT, new BytesRef(tenant)));
    return document;
  }

  private static void addContent(Document document, int rows, BlockContent content) {
    for (String term : content.terms()) {
      document.add(new Field(BlockFields.WORD, term, WORD));
    }
    content
        .numbers()
        .forEach(
            (name, value) ->
                document.add(new NumericDocValuesField(BlockFields.number(name), value)));
    byte[] header =
        BlockHeader.encode(
            rows,
            content,
            (field, part) -> document.add(new BinaryDocValuesField(field, new BytesRef(part))));
    document.add(new BinaryDocValuesField(BlockFields.HEADER, new BytesRef(header)));
  }
}
