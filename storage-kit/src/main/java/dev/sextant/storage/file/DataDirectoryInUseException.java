package dev.sextant.storage.file;

import java.io.IOException;
import java.nio.file.Path;

/** A data directory has an owner already; the message names both. */
public final class DataDirectoryInUseException extends IOException {
  private static final long serialVersionUID = 1;

  DataDirectoryInUseException(Path directory, String owner) {
    super(
        "data directory "
            + directory
            + " is in use by process "
            + (owner.isEmpty() ? "(unknown)" : owner)
            + "; stop it, or choose another directory with --data");
  }
}
