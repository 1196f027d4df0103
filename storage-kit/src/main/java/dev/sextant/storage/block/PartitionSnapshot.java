package dev.sextant.storage.block;

import dev.sextant.storage.file.Disk;
import dev.sextant.storage.file.FileLinks;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.lucene.index.SegmentInfos;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;

/**
 * Links the files of a partition's newest commit. Files of a commit never change, so no lock is
 * needed: where a later commit deleted one meanwhile, that commit is linked instead.
 */
final class PartitionSnapshot {
  private static final int ATTEMPTS = 100;

  private PartitionSnapshot() {}

  /** False where the partition is gone. */
  static boolean take(Path partition, Path target) throws IOException {
    for (int attempt = 1; ; attempt++) {
      try {
        Files.createDirectories(target);
        link(partition, target);
        Disk.local().syncDirectory(target);
        return true;
      } catch (NoSuchFileException | FileNotFoundException e) {
        clear(target);
        if (!Files.exists(partition)) {
          Files.delete(target);
          return false;
        }
        if (attempt == ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  private static void link(Path partition, Path target) throws IOException {
    try (Directory directory = FSDirectory.open(partition)) {
      for (String file : SegmentInfos.readLatestCommit(directory).files(true)) {
        FileLinks.link(partition.resolve(file), target.resolve(file));
      }
    }
  }

  private static void clear(Path directory) throws IOException {
    List<Path> files;
    try (Stream<Path> entries = Files.list(directory)) {
      files = entries.toList();
    }
    for (Path file : files) {
      Files.delete(file);
    }
  }
}
