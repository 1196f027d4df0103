package dev.sextant.collector.operation;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.sextant.storage.file.Disk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What was learned of all services' paths, in a file that is replaced as a whole. One that cannot
 * be read is put aside, for it can be learned again.
 */
final class LearnedFile {
  private static final Logger LOG = LoggerFactory.getLogger(LearnedFile.class);

  private final Path file;
  private final Disk disk;

  LearnedFile(Path file, Disk disk) {
    this.file = file;
    this.disk = disk;
  }

  /**
   * Everything in the file; empty where there is none.
   *
   * @throws IOException where another version wrote it
   */
  List<LearnedJson.Entry> read() throws IOException {
    if (!Files.exists(file)) {
      return List.of();
    }
    try {
      return LearnedJson.read(Files.readAllBytes(file));
    } catch (LearnedJson.VersionException e) {
      throw new IOException(
          file
              + " has version "
              + e.version()
              + ", which this program does not know; it reads "
              + LearnedJson.VERSION
              + ". Delete the file to have operations' names learned anew",
          e);
    } catch (IOException e) {
      putAside(e);
      return List.of();
    }
  }

  private void putAside(IOException reason) throws IOException {
    Path aside = file.resolveSibling(file.getFileName() + ".damaged");
    LOG.error(
        "cannot read what was learned of operations' names in {} ({}); it is kept as {} and names"
            + " are learned anew",
        file,
        reason instanceof JsonProcessingException json
            ? json.getOriginalMessage()
            : reason.getMessage(),
        aside);
    Files.move(file, aside, StandardCopyOption.REPLACE_EXISTING);
  }

  /** Replaces the file; after a crash at any moment it holds the old content or the new. */
  void write(byte[] json) throws IOException {
    disk.replace(file, ByteBuffer.wrap(json));
  }
}
