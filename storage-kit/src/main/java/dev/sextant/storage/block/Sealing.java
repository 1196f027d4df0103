package dev.sextant.storage.block;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.Query;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes closed blocks anew as runs: when those of the partition that is written to have gathered
 * enough rows, and all that are left of one whose time is over. Only blocks whose rows a commit
 * holds are taken, so that no replay has anything to do with a run. A run takes the place of its
 * blocks in one step: every reader and every commit has either all of it or all of them.
 *
 * <p>For one thread, which needs no lock while it works on a run.
 */
final class Sealing {
  private static final Logger LOG = LoggerFactory.getLogger(Sealing.class);

  /** Rows come together with others that arrive so much later. */
  private static final Duration QUIET = Duration.ofMinutes(1);

  /** No more than this part of a run's rows counts as still growing. */
  private static final int GROWING_PART = 5;

  /** Payload that a row is expected to have at most, on average. */
  private static final long ROW_BYTES = 512;

  /** How many earlier runs a new one is compared with. */
  private static final int EARLIER_RUNS = 500;

  private final BlockLayout layout;
  private final RunLayout runs;
  private final BlockSettings settings;
  private final Partitions partitions;
  private final BlockCounters counters;

  /** First rows of blocks that turned out to be damaged: they stay as they are. */
  private final Set<Long> damaged = new HashSet<>();

  Sealing(
      BlockLayout layout,
      RunLayout runs,
      BlockSettings settings,
      Partitions partitions,
      BlockCounters counters) {
    this.layout = layout;
    this.runs = runs;
    this.settings = settings;
    this.partitions = partitions;
    this.counters = counters;
  }

  /** A block that may be written anew. */
  private record Candidate(BlockKeys keys, StoredRef ref) {}

  /** Puts a run into the place of its blocks. */
  interface Exchange {
    /**
     * @return false where the blocks are not to be exchanged any more
     */
    boolean exchange(Query old, List<Document> documents) throws IOException;
  }

  /**
   * Makes a run if there is enough for one.
   *
   * @param committedUpTo rows below this are in a commit
   * @param last whether no more rows come to the partition, so that all that is left is taken
   * @param checkpoint to be run every few milliseconds; what it throws ends the work
   * @return whether there may be more to do
   * @throws CancellationException from the checkpoint
   * @throws IOException where the partition cannot be read or written; the blocks are there as
   *     before
   */
  boolean sealOne(
      OpenPartition partition,
      long committedUpTo,
      boolean last,
      Runnable checkpoint,
      Exchange exchange)
      throws IOException {
    DirectoryReader reader = partition.acquire();
    try {
      for (List<Candidate> ofTenant : candidates(partition, reader, committedUpTo).values()) {
        List<Candidate> chosen = choose(ofTenant, last);
        if (!chosen.isEmpty()) {
          return seal(partition, reader, chosen, last, checkpoint, exchange);
        }
      }
      return false;
    } finally {
      reader.decRef();
    }
  }

  /** By tenant, in the order of rows. */
  private Map<String, List<Candidate>> candidates(
      OpenPartition partition, DirectoryReader reader, long committedUpTo) throws IOException {
    Map<String, List<Candidate>> found = new TreeMap<>();
    for (LeafReaderContext context : reader.leaves()) {
      LeafReader leaf = context.reader();
      NumericDocValues lastRows = leaf.getNumericDocValues(BlockFields.LAST_ROW);
      List<Integer> documents =
          lastRows == null ? List.of() : Leaf.live(leaf, DocIdSetIterator.all(leaf.maxDoc()));
      for (int document : documents) {
        if (lastRows.advanceExact(document) && lastRows.longValue() < committedUpTo) {
          BlockKeys keys = BlockKeys.read(leaf, document);
          if (!damaged.contains(keys.firstRow())) {
            found
                .computeIfAbsent(keys.stream().tenant(), tenant -> new ArrayList<>())
                .add(
                    new Candidate(
                        keys, StoredRef.read(layout, partition.name().name(), leaf, document)));
          }
        }
      }
    }
    found
        .values()
        .forEach(list -> list.sort(Comparator.comparingLong(each -> each.keys.firstRow())));
    return found;
  }

  /** The oldest, as many as make a run; none where there are too few. */
  private List<Candidate> choose(List<Candidate> candidates, boolean last) {
    List<Candidate> chosen = new ArrayList<>();
    long rows = 0;
    long bytes = 0;
    for (Candidate each : candidates) {
      if (isEnough(rows, bytes)) {
        break;
      }
      chosen.add(each);
      rows += each.keys.rows();
      bytes += each.keys.payloadBytes();
    }
    return last || isEnough(rows, bytes) ? chosen : List.of();
  }

  private boolean isEnough(long rows, long bytes) {
    return rows >= settings.runRows() || bytes >= settings.runRows() * ROW_BYTES;
  }

  private boolean seal(
      OpenPartition partition,
      DirectoryReader reader,
      List<Candidate> chosen,
      boolean last,
      Runnable checkpoint,
      Exchange exchange)
      throws IOException {
    List<StoredParts> blocks = new ArrayList<>();
    List<Candidate> whole = new ArrayList<>();
    for (Candidate each : chosen) {
      try {
        StoredParts parts = each.ref.parts();
        parts.check();
        blocks.add(parts);
        whole.add(each);
      } catch (BlockDamagedException e) {
        damaged.add(each.keys.firstRow());
        counters.countDamaged();
        LOG.error("{}: a block stays out of its run", layout.schema().signal(), e);
      }
      checkpoint.run();
    }
    if (whole.isEmpty()) {
      return true;
    }
    String tenant = whole.getFirst().keys.stream().tenant();
    Run run;
    try (BlockSnapshot earlier = new BlockSnapshot()) {
      addRuns(tenant, earlier);
      run = runs.write(blocks, growing(whole, last), newest(earlier.runs()), checkpoint);
    }
    if (run.blocks().isEmpty()) {
      return false;
    }
    List<Document> documents =
        new ArrayList<>(BlockEncoder.encode(tenant, nextId(reader), run.index(), run.blocks()));
    long stamp = whole.getLast().keys.stamp();
    StreamKey stream = whole.getFirst().keys.stream();
    for (Run.Rest rest : run.rest()) {
      documents.add(BlockEncoder.encode(keys(stream, rest, stamp), rest.content()).document());
    }
    long[] firstRows = whole.stream().mapToLong(each -> each.keys.firstRow()).toArray();
    Query old = NumericDocValuesField.newSlowSetQuery(BlockFields.FIRST_ROW, firstRows);
    if (!exchange.exchange(old, documents)) {
      return false;
    }
    counters.runs.increment();
    int rows = run.blocks().stream().mapToInt(Run.Sealed::rows).sum();
    counters.sealedRows.add(rows);
    LOG.debug(
        "{}: sealed {} rows of {} blocks in partition {} as {} blocks; {} blocks of rest",
        layout.schema().signal(),
        rows,
        whole.size(),
        partition.name().name(),
        run.blocks().size(),
        run.rest().size());
    return true;
  }

  private static BlockKeys keys(StreamKey stream, Run.Rest rest, long stamp) {
    return new BlockKeys(
        stream,
        rest.rows(),
        rest.minTime(),
        rest.maxTime(),
        rest.firstRow(),
        rest.lastRow(),
        rest.payloadBytes(),
        stamp);
  }

  /** Whether blocks closed so lately that what belongs to their rows may still come. */
  private static boolean[] growing(List<Candidate> blocks, boolean last) {
    boolean[] growing = new boolean[blocks.size()];
    if (last) {
      return growing;
    }
    long rows = blocks.stream().mapToLong(each -> each.keys.rows()).sum();
    long left = rows / GROWING_PART;
    long quietUpTo = blocks.getLast().keys.stamp() - QUIET.toMillis();
    for (int i = growing.length - 1; i >= 0 && blocks.get(i).keys.stamp() > quietUpTo; i--) {
      left -= blocks.get(i).keys.rows();
      growing[i] = left >= 0;
    }
    return growing;
  }

  private void addRuns(String tenant, BlockSnapshot snapshot) throws IOException {
    RunCache none = new RunCache();
    for (Partition each : partitions.all()) {
      DirectoryReader reader;
      try {
        reader =
            each instanceof SealedPartition sealed ? partitions.acquire(sealed) : each.acquire();
      } catch (PartitionDroppedException e) {
        LOG.debug("{}: {}", layout.schema().signal(), e.getMessage());
        continue;
      }
      snapshot.hold(reader);
      none.addRuns(layout, runs, tenant, each.name().name(), reader, snapshot);
    }
  }

  private static List<RunRef> newest(List<RunRef> runs) {
    return runs.stream()
        .sorted(Comparator.comparing(RunRef::partition).thenComparing(RunRef::id).reversed())
        .limit(EARLIER_RUNS)
        .toList();
  }

  private long nextId(DirectoryReader reader) throws IOException {
    long id = 0;
    for (LeafReaderContext context : reader.leaves()) {
      for (RunDocuments run : RunDocuments.in(context.reader(), runs)) {
        id = Math.max(id, run.id() + 1);
      }
    }
    return id;
  }

  /** Whether a partition that is not written to any more has blocks that are in no run. */
  static boolean isUnfinished(DirectoryReader reader) throws IOException {
    for (LeafReaderContext context : reader.leaves()) {
      NumericDocValues rows = context.reader().getNumericDocValues(BlockFields.FIRST_ROW);
      if (rows != null && !Leaf.live(context.reader(), rows).isEmpty()) {
        return true;
      }
    }
    return false;
  }
}
