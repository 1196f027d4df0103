package dev.sextant.storage.block;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.store.Directory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes a sealed partition anew from those of its blocks that can still be read, one by one.
 * Terms, blooms and summaries are made again from the rows, so that damage to them loses nothing.
 *
 * <p>The new partition grows in {@code NAME.salvage} and takes the old one's place by two renames.
 * A crash before them leaves that directory, by which the next start knows that the work must be
 * done again; a crash between them leaves only it, sealed, and the next start completes the
 * exchange.
 */
final class Salvage {
  private static final Logger LOG = LoggerFactory.getLogger(Salvage.class);
  static final String SUFFIX = ".salvage";

  private final BlockLayout layout;
  private final DirectoryOpener opener;

  Salvage(BlockLayout layout, DirectoryOpener opener) {
    this.layout = layout;
    this.opener = opener;
  }

  /**
   * How it went.
   *
   * @param saved blocks that were written again
   * @param lost blocks that could not be read
   */
  record Outcome(int saved, int lost) {}

  static Path directoryOf(Path partition) {
    return partition.resolveSibling(partition.getFileName() + SUFFIX);
  }

  /**
   * Writes what can be read into the partition's {@code .salvage} directory, which must be empty or
   * absent, and seals that.
   *
   * @throws IOException where the partition cannot be opened at all, or writing fails
   */
  Outcome rewrite(PartitionName name, Path partition) throws IOException {
    Path target = directoryOf(partition);
    Files.createDirectories(target);
    try (Directory from = opener.open(partition);
        DirectoryReader reader = DirectoryReader.open(from)) {
      CommitData sealed = OpenPartition.lastCommit(name, from);
      OpenPartition to = new OpenPartition(name, opener.open(target), sealed);
      try {
        Outcome outcome = copy(name, reader, to);
        to.commit(sealed);
        to.merge();
        return outcome;
      } finally {
        to.release();
      }
    }
  }

  private Outcome copy(PartitionName name, DirectoryReader reader, OpenPartition to)
      throws IOException {
    int saved = 0;
    int lost = 0;
    for (LeafReaderContext context : reader.leaves()) {
      LeafReader leaf = context.reader();
      for (int document : Leaf.live(leaf, DocIdSetIterator.all(leaf.maxDoc()))) {
        if (isOfRun(leaf, document)) {
          continue;
        }
        EncodedBlock block = read(name, leaf, document);
        if (block == null) {
          lost++;
        } else {
          to.add(block);
          saved++;
        }
      }
      Outcome ofRuns = copyRuns(name, leaf, to);
      saved += ofRuns.saved;
      lost += ofRuns.lost;
    }
    return new Outcome(saved, lost);
  }

  private static boolean isOfRun(LeafReader leaf, int document) throws IOException {
    NumericDocValues runs = leaf.getNumericDocValues(BlockFields.RUN);
    return runs != null && runs.advanceExact(document);
  }

  /** Runs anew from those of their blocks that can be read, with new indexes. */
  private Outcome copyRuns(PartitionName name, LeafReader leaf, OpenPartition to)
      throws IOException {
    RunLayout runs = layout.runs();
    if (runs == null) {
      return new Outcome(0, 0);
    }
    int saved = 0;
    int lost = 0;
    for (RunDocuments documents : RunDocuments.in(leaf, runs)) {
      RunRef run = new RunRef(layout, runs, name.name(), leaf, documents);
      List<StoredParts> whole = new ArrayList<>();
      List<Run.Sealed> blocks = new ArrayList<>();
      for (int i = 0; i < run.size(); i++) {
        Run.Sealed block = read(name, runs, run, i, whole);
        if (block != null) {
          blocks.add(block);
        }
      }
      saved += blocks.size();
      lost += run.size() - blocks.size();
      if (!blocks.isEmpty()) {
        BlockContent index = runs.index(whole, oldIndex(run));
        to.addRun(BlockEncoder.encode(documents.tenant(), documents.id(), index, blocks));
      }
    }
    return new Outcome(saved, lost);
  }

  private static @Nullable StoredParts oldIndex(RunRef run) {
    try {
      return run.index();
    } catch (BlockDamagedException e) {
      return null; // it is made anew
    }
  }

  private Run.@Nullable Sealed read(
      PartitionName name, RunLayout runs, RunRef run, int block, List<StoredParts> whole) {
    try {
      StoredParts parts = run.parts(block);
      BlockContent content = new BlockContent();
      runs.rewriteSealed(parts, content);
      for (int i = 0; i < runs.numbers().size(); i++) {
        content.number(runs.numbers().get(i), run.number(block, i));
      }
      whole.add(parts);
      return new Run.Sealed(parts.rows(), parts.minTime(), parts.maxTime(), content);
    } catch (RuntimeException e) {
      // Damaged bytes can make Lucene's decoders fail in any way.
      LOG.warn(
          "{}: a block of run {} is lost in partition {}",
          layout.schema().signal(),
          run.name(),
          name.name(),
          e);
      return null;
    }
  }

  /** A block anew, or null where any part that cannot be made again is damaged. */
  private @Nullable EncodedBlock read(PartitionName name, LeafReader leaf, int document) {
    try {
      BlockKeys keys = BlockKeys.read(leaf, document);
      StoredParts parts = StoredRef.read(layout, name.name(), leaf, document).parts();
      BlockContent content = new BlockContent();
      layout.rewrite(parts, content);
      return BlockEncoder.encode(keys, content);
    } catch (IOException | RuntimeException e) {
      // Damaged bytes can make Lucene's decoders fail in any way.
      LOG.warn("{}: a block of partition {} is lost", layout.schema().signal(), name.name(), e);
      return null;
    }
  }
}
