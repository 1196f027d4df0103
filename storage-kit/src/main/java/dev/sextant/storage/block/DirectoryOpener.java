package dev.sextant.storage.block;

import java.io.IOException;
import java.nio.file.Path;
import org.apache.lucene.store.Directory;

/** How a partition's files are reached; tests put failing disks here. */
@FunctionalInterface
interface DirectoryOpener {
  Directory open(Path path) throws IOException;
}
