package dev.sextant.storage.block;

import java.io.IOException;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.SortedDocValues;

/** A block in a partition whose reader a snapshot holds. */
record StoredRef(
    BlockSchema schema, String partition, LeafReader leaf, int document, long minTime, long maxTime)
    implements BlockRef {
  @Override
  public boolean inHeap() {
    return false;
  }

  @Override
  public Block open() {
    try {
      return new StoredBlock(schema, this, text(BlockFields.TENANT), text(BlockFields.SERVICE));
    } catch (IOException e) {
      throw new BlockDamagedException(
          "%s: partition %s, document %d cannot be read: %s"
              .formatted(schema.signal(), partition, document, e.getMessage()),
          e);
    }
  }

  private String text(String field) throws IOException {
    SortedDocValues values = leaf.getSortedDocValues(field);
    if (values == null || !values.advanceExact(document)) {
      throw new IOException("field " + field + " is missing");
    }
    return values.lookupOrd(values.ordValue()).utf8ToString();
  }
}
