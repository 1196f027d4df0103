package dev.sextant.storage.block;

import java.io.IOException;
import java.util.List;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.SortedDocValuesField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.AutomatonQuery;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.Scorer;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.automaton.Automata;
import org.apache.lucene.util.automaton.Automaton;
import org.apache.lucene.util.automaton.Operations;

/**
 * Finds the blocks in order of arrival of a partition that a query must look into, by doc values
 * and terms.
 */
final class BlockFinder {
  private final BlockLayout layout;
  private final Query query;

  BlockFinder(BlockLayout layout, BlockQuery wanted) {
    this.layout = layout;
    BooleanQuery.Builder all = new BooleanQuery.Builder();
    all.add(MatchAllDocsQuery.INSTANCE, Occur.FILTER);
    all.add(
        NumericDocValuesField.newSlowRangeQuery(
            BlockFields.FIRST_ROW, Long.MIN_VALUE, Long.MAX_VALUE),
        Occur.FILTER);
    all.add(
        SortedDocValuesField.newSlowExactQuery(BlockFields.TENANT, new BytesRef(wanted.tenant())),
        Occur.FILTER);
    if (wanted.range().toNanos() != Long.MAX_VALUE) {
      all.add(
          NumericDocValuesField.newSlowRangeQuery(
              BlockFields.MIN_TIME, Long.MIN_VALUE, wanted.range().toNanos() - 1),
          Occur.FILTER);
    }
    if (wanted.range().fromNanos() != 0) {
      all.add(
          NumericDocValuesField.newSlowRangeQuery(
              BlockFields.MAX_TIME, wanted.range().fromNanos(), Long.MAX_VALUE),
          Occur.FILTER);
    }
    if (!wanted.services().isEmpty()) {
      List<BytesRef> services =
          wanted.services().stream().map(s -> new BytesRef(StreamKey.cut(s))).toList();
      all.add(SortedDocValuesField.newSlowSetQuery(BlockFields.SERVICE, services), Occur.FILTER);
    }
    wanted.terms().forEach(term -> all.add(orIncomplete(term), Occur.FILTER));
    this.query = all.build();
  }

  private static Query orIncomplete(TermMatch match) {
    return new BooleanQuery.Builder()
        .add(word(match), Occur.SHOULD)
        .add(new TermQuery(new Term(BlockFields.WORD, BlockIndex.INCOMPLETE)), Occur.SHOULD)
        .build();
  }

  private static Query word(TermMatch match) {
    Term term = new Term(BlockFields.WORD, match.text());
    if (!match.before() && !match.after()) {
      return new TermQuery(term);
    }
    Automaton any = Automata.makeAnyString();
    Automaton text = Automata.makeString(match.text());
    Automaton whole =
        Operations.concatenate(
            List.of(
                match.before() ? any : Automata.makeEmptyString(),
                text,
                match.after() ? any : Automata.makeEmptyString()));
    return new AutomatonQuery(
        term, Operations.determinize(whole, Operations.DEFAULT_DETERMINIZE_WORK_LIMIT));
  }

  /** Adds the blocks to a snapshot, which holds the reader from now on. */
  void addBlocks(String partition, DirectoryReader reader, BlockSnapshot snapshot)
      throws IOException {
    IndexSearcher searcher = new IndexSearcher(reader);
    searcher.setQueryCache(null);
    var weight = searcher.createWeight(searcher.rewrite(query), ScoreMode.COMPLETE_NO_SCORES, 1);
    for (LeafReaderContext context : reader.leaves()) {
      Scorer scorer = weight.scorer(context);
      if (scorer == null) {
        continue;
      }
      LeafReader leaf = context.reader();
      for (int document : Leaf.live(leaf, scorer.iterator())) {
        snapshot.add(StoredRef.read(layout, partition, leaf, document));
      }
    }
  }
}
