package dev.sextant.storage.block;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.LeafReaderContext;

/**
 * Remembers where runs lie in segments, which do not change, for as long as those are open.
 * Thread-safe.
 */
final class RunCache {
  private final Map<IndexReader.CacheKey, List<RunDocuments>> known = new ConcurrentHashMap<>();

  /** Adds the runs of a tenant to a snapshot, which holds the reader. */
  void addRuns(
      BlockLayout layout,
      RunLayout runs,
      String tenant,
      String partition,
      DirectoryReader reader,
      BlockSnapshot snapshot)
      throws IOException {
    for (LeafReaderContext context : reader.leaves()) {
      LeafReader leaf = context.reader();
      for (RunDocuments run : runs(leaf, runs)) {
        if (run.tenant().equals(tenant)) {
          snapshot.add(new RunRef(layout, runs, partition, leaf, run));
        }
      }
    }
  }

  private List<RunDocuments> runs(LeafReader leaf, RunLayout layout) throws IOException {
    IndexReader.CacheHelper segment = leaf.getCoreCacheHelper();
    if (segment == null) {
      return RunDocuments.in(leaf, layout);
    }
    List<RunDocuments> runs = known.get(segment.getKey());
    if (runs == null) {
      runs = RunDocuments.in(leaf, layout);
      if (known.put(segment.getKey(), runs) == null) {
        segment.addClosedListener(known::remove);
      }
    }
    return runs;
  }
}
