package dev.sextant.storage.block;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.lucene.index.CorruptIndexException;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.search.DocIdSetIterator;

/**
 * Where a run lies in a segment. All of its documents are in one.
 *
 * @param id among those of its partition
 * @param index number of the document
 * @param blocks numbers of documents, in the run's order
 * @param minTimes by block
 * @param maxTimes by block
 * @param numbers by place in {@link RunLayout#numbers}, then by block
 */
@SuppressWarnings("ArrayRecordComponent")
record RunDocuments(
    long id,
    String tenant,
    int index,
    int[] blocks,
    long[] minTimes,
    long[] maxTimes,
    long[][] numbers) {

  /** The runs of a segment. */
  static List<RunDocuments> in(LeafReader leaf, RunLayout layout) throws IOException {
    NumericDocValues ids = leaf.getNumericDocValues(BlockFields.RUN);
    if (ids == null) {
      return List.of();
    }
    Map<Long, List<Integer>> byRun = new TreeMap<>();
    for (int d = ids.nextDoc(); d != DocIdSetIterator.NO_MORE_DOCS; d = ids.nextDoc()) {
      if (leaf.getLiveDocs() == null || leaf.getLiveDocs().get(d)) {
        byRun.computeIfAbsent(ids.longValue(), id -> new ArrayList<>()).add(d);
      }
    }
    List<RunDocuments> runs = new ArrayList<>();
    for (Map.Entry<Long, List<Integer>> run : byRun.entrySet()) {
      runs.add(read(leaf, layout, run.getKey(), run.getValue()));
    }
    return runs;
  }

  private static RunDocuments read(
      LeafReader leaf, RunLayout layout, long id, List<Integer> documents) throws IOException {
    int[] inOrder = new int[documents.size()];
    Arrays.fill(inOrder, -1);
    for (int document : documents) {
      long place = Leaf.number(leaf, BlockFields.PLACE, document);
      if (place < 0 || place >= inOrder.length || inOrder[(int) place] >= 0) {
        throw new CorruptIndexException("run " + id + " is not whole", leaf.toString());
      }
      inOrder[(int) place] = document;
    }
    int[] blocks = Arrays.copyOfRange(inOrder, 1, inOrder.length);
    long[][] numbers = new long[layout.numbers().size()][];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = all(leaf, BlockFields.number(layout.numbers().get(i)), blocks);
    }
    return new RunDocuments(
        id,
        Leaf.text(leaf, BlockFields.TENANT, inOrder[0]),
        inOrder[0],
        blocks,
        all(leaf, BlockFields.MIN_TIME, blocks),
        all(leaf, BlockFields.MAX_TIME, blocks),
        numbers);
  }

  private static long[] all(LeafReader leaf, String field, int[] documents) throws IOException {
    long[] values = new long[documents.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = Leaf.number(leaf, field, documents[i]);
    }
    return values;
  }
}
