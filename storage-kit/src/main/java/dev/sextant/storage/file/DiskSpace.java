package dev.sextant.storage.file;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Says when a file system is too full to take more data: writers then refuse, queries live on, and
 * nothing is deleted. Asks the file system at most once a second. Thread-safe.
 */
public final class DiskSpace {
  /** The setting that holds the minimum, as errors name it. */
  public static final String SETTING = "storage.min-free-bytes";

  private static final long CHECK_MILLIS = 1000;

  private final Disk disk;
  private final Path path;
  private final long minFreeBytes;
  private final InstantSource clock;
  private volatile @Nullable Reading last;

  /**
   * @param path on the file system to watch; must exist
   * @param minFreeBytes below this many usable bytes writes are refused; 0 never refuses
   */
  public DiskSpace(Disk disk, Path path, long minFreeBytes, InstantSource clock) {
    if (minFreeBytes < 0) {
      throw new IllegalArgumentException(SETTING + " must not be negative: " + minFreeBytes);
    }
    this.disk = disk;
    this.path = path;
    this.minFreeBytes = minFreeBytes;
    this.clock = clock;
  }

  /** Why writes are refused now, or empty where they are not. */
  public Optional<String> refusal() {
    if (minFreeBytes == 0) {
      return Optional.empty();
    }
    long now = clock.millis();
    Reading reading = last;
    if (reading == null || Math.abs(now - reading.atMillis) >= CHECK_MILLIS) {
      reading = new Reading(now, check());
      last = reading;
    }
    return reading.refusal;
  }

  private Optional<String> check() {
    try {
      long usable = disk.usableBytes(path);
      return usable >= minFreeBytes
          ? Optional.empty()
          : Optional.of(
              "disk of %s has %d bytes free, fewer than %s (%d): read-only until there is room"
                  .formatted(path, usable, SETTING, minFreeBytes));
    } catch (IOException e) {
      return Optional.of("cannot tell the free space of %s: %s".formatted(path, e.getMessage()));
    }
  }

  private record Reading(long atMillis, Optional<String> refusal) {}
}
