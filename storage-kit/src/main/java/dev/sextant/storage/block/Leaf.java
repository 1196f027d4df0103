package dev.sextant.storage.block;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.index.CorruptIndexException;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.SortedDocValues;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.util.Bits;

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

  /** Those of some documents that are not deleted. */
  static List<Integer> live(LeafReader leaf, DocIdSetIterator documents) throws IOException {
    Bits live = leaf.getLiveDocs();
    List<Integer> found = new ArrayList<>();
    for (int d = documents.nextDoc(); d != DocIdSetIterator.NO_MORE_DOCS; d = documents.nextDoc()) {
      if (live == null || live.get(d)) {
        found.add(d);
      }
    }
    return found;
  }

  static CorruptIndexException missing(LeafReader leaf, String field) {
    return new CorruptIndexException("a block without " + field, leaf.toString());
  }
}
