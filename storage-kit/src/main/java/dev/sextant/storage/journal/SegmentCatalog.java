package dev.sextant.storage.journal;

import dev.sextant.storage.file.Disk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The segments of a journal in order, who needs them, and the waiting for more. The journal's
 * thread adds and extends, anyone reads, holds and frees.
 */
final class SegmentCatalog {
  private final Disk disk;
  private final Path directory;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition grown = lock.newCondition();
  private final Map<String, Long> holders = new HashMap<>();
  private volatile List<Segment> segments;
  private volatile long end;

  /**
   * @param end the number after the last durable row
   */
  SegmentCatalog(Disk disk, Path directory, List<Segment> segments, long end) {
    this.disk = disk;
    this.directory = directory;
    this.segments = List.copyOf(segments);
    this.end = end;
  }

  List<Segment> segments() {
    return segments;
  }

  long end() {
    return end;
  }

  /** The first row that can be read. */
  long start() {
    for (Segment segment : segments) {
      if (!segment.isEmpty()) {
        return segment.firstRow();
      }
    }
    return end;
  }

  /** The segment that holds a durable row, or else the first that holds any after it. */
  @Nullable Segment holding(long row) {
    for (Segment segment : segments) {
      if (!segment.isEmpty() && segment.extent().endRow() > row) {
        return segment;
      }
    }
    return null;
  }

  boolean contains(Segment segment) {
    return segments.contains(segment);
  }

  void add(Segment segment) {
    lock.lock();
    try {
      List<Segment> longer = new ArrayList<>(segments);
      longer.add(segment);
      segments = List.copyOf(longer);
    } finally {
      lock.unlock();
    }
  }

  /** Publishes a segment's new durable end and wakes those who wait for it. */
  void extend(Segment segment, Segment.Extent extent) {
    lock.lock();
    try {
      segment.extend(extent);
      end = extent.endRow();
      grown.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits until a row is durable.
   *
   * @return the nanoseconds left of the time given, or not more than 0 where it ran out
   */
  long awaitBeyond(long row, long nanos) throws InterruptedException {
    long left = nanos;
    lock.lockInterruptibly();
    try {
      while (end <= row && left > 0) {
        left = grown.awaitNanos(left);
      }
      return left;
    } finally {
      lock.unlock();
    }
  }

  void hold(String holder, long fromRow) {
    lock.lock();
    try {
      holders.put(holder, fromRow);
    } finally {
      lock.unlock();
    }
  }

  /** Deletes, oldest first, the segments below every holder; the newest one stays. */
  void free() throws IOException {
    lock.lock();
    try {
      if (holders.isEmpty()) {
        return;
      }
      long needed = holders.values().stream().mapToLong(Long::longValue).min().orElseThrow();
      boolean deleted = false;
      while (segments.size() > 1 && segments.getFirst().extent().endRow() <= needed) {
        Segment oldest = segments.getFirst();
        segments = List.copyOf(segments.subList(1, segments.size()));
        disk.delete(oldest.file());
        deleted = true;
      }
      if (deleted) {
        disk.syncDirectory(directory);
      }
    } finally {
      lock.unlock();
    }
  }
}
