package dev.sextant.storage.block;

import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.index.CorruptIndexException;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.MergePolicy;
import org.apache.lucene.index.NoMergePolicy;
import org.apache.lucene.index.SegmentInfos;
import org.apache.lucene.index.TieredMergePolicy;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.Scorer;
import org.apache.lucene.store.Directory;

/**
 * The partition that blocks are written to. What {@link #acquire} reads is what was there at the
 * last {@link #refresh}. A writer that failed can be opened again from its last commit; blocks
 * since then must be added again. Writing is for one thread at a time, reading for any.
 */
final class OpenPartition implements Partition {
  private final PartitionName name;
  private final Directory directory;
  private final Object readerLock = new Object();
  private volatile IndexWriter writer;
  private DirectoryReader reader;
  private volatile boolean damaged;
  private boolean released;

  /**
   * Opens or makes the partition's index.
   *
   * @param directory is closed with the partition, and where opening fails
   * @param data what a new partition's first commit says
   */
  OpenPartition(PartitionName name, Directory directory, CommitData data) throws IOException {
    this.name = name;
    this.directory = directory;
    IndexWriter opened = null;
    try {
      boolean fresh = !DirectoryReader.indexExists(directory);
      opened = new IndexWriter(directory, config(new TieredMergePolicy()));
      writer = opened;
      if (fresh) {
        commit(data);
      }
      reader = DirectoryReader.open(opened);
    } catch (IOException | RuntimeException e) {
      if (opened != null && opened.isOpen()) {
        opened.rollback();
      }
      directory.close();
      throw e;
    }
  }

  private static IndexWriterConfig config(MergePolicy merges) {
    return new IndexWriterConfig()
        .setCommitOnClose(false)
        .setMergePolicy(merges)
        .setMergeScheduler(new Merges());
  }

  /** What the last commit in a directory says. */
  static CommitData lastCommit(PartitionName name, Directory directory) throws IOException {
    Map<String, String> data = SegmentInfos.readLatestCommit(directory).getUserData();
    try {
      return CommitData.decode(name.name(), data);
    } catch (IllegalArgumentException e) {
      throw new CorruptIndexException("commit data " + data, directory.toString(), e);
    }
  }

  @Override
  public PartitionName name() {
    return name;
  }

  IndexWriter writer() {
    return writer;
  }

  void add(EncodedBlock block) throws IOException {
    writer.addDocument(block.document());
  }

  /** Adds a run, whose documents stay together. */
  void addRun(List<Document> documents) throws IOException {
    writer.addDocuments(documents);
  }

  /** Puts documents into the place of others, in one step for every reader and commit. */
  void replace(Query old, List<Document> documents) throws IOException {
    writer.updateDocuments(old, documents);
  }

  /**
   * Opens a reader that sees every block added so far.
   *
   * @param publish is run in the moment in which the new reader takes the old one's place
   */
  void refresh(Object stateLock, Runnable publish) throws IOException {
    DirectoryReader next = DirectoryReader.open(writer);
    DirectoryReader old;
    synchronized (stateLock) {
      synchronized (readerLock) {
        old = reader;
        reader = next;
      }
      publish.run();
    }
    old.decRef();
  }

  @Override
  public DirectoryReader acquire() {
    synchronized (readerLock) {
      reader.incRef();
      return reader;
    }
  }

  /** Sets what the next commit of the writer will say, and gives that very writer. */
  IndexWriter prepare(CommitData data) {
    IndexWriter prepared = writer;
    prepared.setLiveCommitData(data.encode().entrySet());
    return prepared;
  }

  /** Makes everything that was added before durable. */
  void commit(CommitData data) throws IOException {
    prepare(data).commit();
  }

  /**
   * Opens the writer again from the last commit. Where damaged files were why it failed, it no
   * longer merges: merging would meet them again.
   */
  void reopenWriter() throws IOException {
    damaged |= metDamage();
    writer.rollback(); // of one that is just being closed, this waits for the end of that
    writer =
        new IndexWriter(
            directory, config(damaged ? NoMergePolicy.INSTANCE : new TieredMergePolicy()));
  }

  /** Whether the writer, now or before it was opened again, failed because files are damaged. */
  boolean isDamaged() {
    return damaged || metDamage();
  }

  private boolean metDamage() {
    return writer.getTragicException() instanceof CorruptIndexException;
  }

  /** The last row of each stream among blocks that end at or after a row. */
  Map<StreamKey, Long> lastRows(long fromRow) throws IOException {
    Map<StreamKey, Long> last = new HashMap<>();
    try (DirectoryReader committed = DirectoryReader.open(directory)) {
      IndexSearcher searcher = new IndexSearcher(committed);
      Query query =
          NumericDocValuesField.newSlowRangeQuery(BlockFields.LAST_ROW, fromRow, Long.MAX_VALUE);
      var weight = searcher.createWeight(searcher.rewrite(query), ScoreMode.COMPLETE_NO_SCORES, 1);
      for (LeafReaderContext leaf : committed.leaves()) {
        Scorer scorer = weight.scorer(leaf);
        if (scorer != null) {
          addLastRows(leaf.reader(), scorer.iterator(), last);
        }
      }
    }
    return last;
  }

  private static void addLastRows(
      LeafReader leaf, DocIdSetIterator documents, Map<StreamKey, Long> last) throws IOException {
    for (int document : Leaf.live(leaf, documents)) {
      last.merge(
          BlockKeys.stream(leaf, document),
          Leaf.number(leaf, BlockFields.LAST_ROW, document),
          Math::max);
    }
  }

  /**
   * Merges a sealed partition into one segment and commits that.
   *
   * @throws IOException where that fails; {@link #isDamaged} tells whether for damaged files
   */
  void merge() throws IOException {
    try {
      writer.forceMerge(1);
      writer.commit();
    } catch (IOException e) {
      // The writer learns of its merge's failure a moment after its caller.
      damaged |= e.getCause() instanceof CorruptIndexException;
      throw e;
    }
  }

  /**
   * Deletes what the last commit of a partition that nobody writes to does not need: files from
   * before its merge.
   */
  static void deleteUnused(Directory directory) throws IOException {
    Set<String> used = new HashSet<>(SegmentInfos.readLatestCommit(directory).files(true));
    for (String file : directory.listAll()) {
      if (!used.contains(file) && !file.equals(IndexWriter.WRITE_LOCK_NAME)) {
        directory.deleteFile(file);
      }
    }
  }

  @Override
  public void release() throws IOException {
    synchronized (readerLock) {
      if (released) {
        return;
      }
      released = true;
    }
    if (writer.isOpen()) {
      writer.rollback();
    }
    reader.decRef();
    directory.close();
  }
}
