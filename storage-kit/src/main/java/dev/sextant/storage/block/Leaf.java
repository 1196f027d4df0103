package dev.sextant.storage.block;

import java.io.IOException;
import org.apache.lucene.index.CorruptIndexException;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.SortedDocValues;

/** Reads single values of a segment's documents. */
final class Leaf {
  private Leaf() {}

  static long number(LeafReader leaf, String field, int document) throws IOException {
    NumericDocValues values = leaf.getNumericDocValues(field);
    if (values == null || !values.advanceExact(document)) {
      throw missing(leaf, field);
    }
    return values.longValue();
  }

  static String text(LeafReader leaf, String field, int document) throws IOException {
    SortedDocValues values = leaf.getSortedDocValues(field);
    if (values == null || !values.advanceExact(document)) {
      throw missing(leaf, field);
    }
    return values.lookupOrd(values.ordValue()).utf8ToString();
  }

  static CorruptIndexException missing(LeafReader leaf, String field) {
    return new CorruptIndexException("a block without " + field, leaf.toString());
  }
}
