package dev.sextant.storage.block;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.LeafReaderContext;
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
      for (int document = 0; document < context.reader().maxDoc(); document++) {
        EncodedBlock block = read(name, context.reader(), document);
        if (block == null) {
          lost++;
        } else {
          to.add(block);
          saved++;
        }
      }
    }
    return new Outcome(saved, lost);
  }

  /** A block anew, or null where any part that cannot be made again is damaged. */
  private @Nullable EncodedBlock read(PartitionName name, LeafReader leaf, int document) {
    try {
      BlockKeys keys = BlockKeys.read(leaf, document);
      StoredParts parts = StoredRef.read(layout, name.name(), leaf, document).parts();
      BlockContent content = new BlockContent();
      layout.rewrite(parts, content);
      return BlockEncoder.encode(keys, parts.rows(), 0, content);
    } catch (IOException | RuntimeException e) {
      // Damaged bytes can make Lucene's decoders fail in any way.
      LOG.warn("{}: a block of partition {} is lost", layout.schema().signal(), name.name(), e);
      return null;
    }
  }
}
