package dev.sextant.storage.journal;

import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One file of the journal and how far it is durable. The journal's thread moves its end; any thread
 * reads it.
 */
final class Segment {
  private static final String SUFFIX = ".journal";
  private static final int DIGITS = 20;

  private final Path file;
  private final long firstRow;
  private final AtomicBoolean damaged = new AtomicBoolean();
  private volatile Extent extent;

  /**
   * The durable part of a segment.
   *
   * @param endRow the number after its last row
   * @param endOffset the number of bytes, or {@link Long#MAX_VALUE} where only the rows are known
   */
  record Extent(long endRow, long endOffset) {}

  Segment(Path file, long firstRow, Extent extent) {
    this.file = file;
    this.firstRow = firstRow;
    this.extent = extent;
  }

  /** Where the segment that begins with a row lies: its number in 20 digits. */
  static Path fileOf(Path directory, long firstRow) {
    return directory.resolve(("%0" + DIGITS + "d").formatted(firstRow) + SUFFIX);
  }

  /** Whether a file's name is that of a segment. */
  static boolean isSegment(Path file) {
    String name = String.valueOf(file.getFileName());
    return name.length() == DIGITS + SUFFIX.length()
        && name.endsWith(SUFFIX)
        && name.chars().limit(DIGITS).allMatch(c -> c >= '0' && c <= '9');
  }

  /** The first row that a segment's name gives. */
  static long firstRowOf(Path file) {
    return Long.parseLong(String.valueOf(file.getFileName()).substring(0, DIGITS));
  }

  Path file() {
    return file;
  }

  long firstRow() {
    return firstRow;
  }

  Extent extent() {
    return extent;
  }

  void extend(Extent grown) {
    extent = grown;
  }

  boolean isEmpty() {
    return extent.endRow <= firstRow;
  }

  /** Notes that its records do not check out; true the first time. */
  boolean markDamaged() {
    return damaged.compareAndSet(false, true);
  }

  boolean isDamaged() {
    return damaged.get();
  }
}
