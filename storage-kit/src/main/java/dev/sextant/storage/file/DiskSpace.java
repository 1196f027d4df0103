package dev.sextant.storage.file;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;

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
  private volatile Reading last = new Reading(Long.MIN_VALUE, Long.MAX_VALUE);

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

  /** Usable bytes at the last check. */
  public long usableBytes() {
    long now = clock.millis();
    Reading reading = last;
    if (reading.atMillis == Long.MIN_VALUE || Math.abs(now - reading.atMillis) >= CHECK_MILLIS) {
      try {
        reading = new Reading(now, disk.usableBytes(path));
      } catch (IOException e) {
        throw new UncheckedIOException("cannot tell the free space of " + path, e);
      }
      last = reading;
    }
    return reading.usable;
  }

  /** Why writes are refused now, or empty where they are not. */
  public Optional<String> refusal() {
    if (minFreeBytes == 0) {
      return Optional.empty();
    }
    long usable = usableBytes();
    if (usable >= minFreeBytes) {
      return Optional.empty();
    }
    return Optional.of(
        "disk of %s has %d bytes free, fewer than %s (%d): read-only until there is room"
            .formatted(path, usable, SETTING, minFreeBytes));
  }

  private record Reading(long atMillis, long usable) {}
}
