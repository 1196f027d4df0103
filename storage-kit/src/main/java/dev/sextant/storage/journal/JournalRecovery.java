package dev.sextant.storage.journal;

import dev.sextant.storage.file.Disk;
import dev.sextant.storage.file.ReadFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out what a journal's directory holds. It writes nothing, so that it may be killed at any
 * moment and comes to the same result again; what it gives up is fenced off by the header of the
 * next segment ({@link SegmentHeader#priorEnd()}).
 *
 * <p>It walks the segments from the newest to the oldest. A segment ends at its successor's fence;
 * where there is no readable successor its records are checked from the first on, and it ends
 * before the first one that does not check out.
 */
final class JournalRecovery {
  /**
   * After a torn tail row numbers go on this much higher: the tail may have held numbers that were
   * handed out before the damage, and no segment holds that many rows.
   */
  static final long GAP_AFTER_DAMAGE = 1L << 32;

  private static final Logger LOG = LoggerFactory.getLogger(JournalRecovery.class);

  private final Disk disk;
  private final List<Segment> segments = new ArrayList<>();
  private @Nullable UUID id;
  private long fence = Long.MAX_VALUE;
  private boolean fenceIsExact;
  private @Nullable Long end;
  private long nextRow;
  private long lastStamp = Long.MIN_VALUE;
  private int corruptions;
  private boolean tailDamaged;

  /**
   * What was found.
   *
   * @param segments in order
   * @param end the number after the last durable row
   * @param nextRow the number that the next row gets; no segment is named by it or a higher one
   * @param lastStamp no lower than any record's, or {@link Long#MIN_VALUE} where there is none
   * @param corruptions damaged places
   */
  record Found(
      UUID id, List<Segment> segments, long end, long nextRow, long lastStamp, int corruptions) {}

  private JournalRecovery(Disk disk) {
    this.disk = disk;
  }

  /**
   * @throws JournalException where the files are of another version or of several journals
   */
  static Found recover(Disk disk, Path directory) throws IOException {
    return new JournalRecovery(disk).walk(directory);
  }

  private Found walk(Path directory) throws IOException {
    List<Path> files = disk.list(directory).stream().filter(Segment::isSegment).toList();
    disk.syncDirectory(directory);
    for (Path file : files.reversed()) {
      long firstRow = Segment.firstRowOf(file);
      ByteBuffer start = readStart(file);
      SegmentHeader.Found found = SegmentHeader.decode(start, file);
      SegmentHeader header = found.header();
      if (header == null) {
        withoutHeader(file, firstRow, start.hasRemaining());
      } else {
        requireOwn(header, file, firstRow);
        if (!found.intact()) {
          corrupt(file, "one copy of the header does not check out, the other is used");
        }
        withHeader(file, header);
      }
    }
    if (tailDamaged) {
      nextRow += GAP_AFTER_DAMAGE;
    }
    return new Found(
        id == null ? UUID.randomUUID() : id,
        segments.reversed(),
        end == null ? 0 : end,
        nextRow,
        lastStamp,
        corruptions);
  }

  private ByteBuffer readStart(Path file) throws IOException {
    ByteBuffer start = ByteBuffer.allocate(SegmentHeader.SIZE);
    try (ReadFile in = disk.open(file)) {
      while (start.hasRemaining() && in.read(start, start.position()) >= 0) {
        // goes on until the header is whole or the file ends
      }
    }
    return start.flip();
  }

  /** Nothing in it can be read; what came before it ends at its name at the latest. */
  private void withoutHeader(Path file, long firstRow, boolean hasBytes) {
    if (fenceIsExact && fence <= firstRow) {
      // Nothing in it was ever acknowledged.
      segments.add(new Segment(file, firstRow, new Segment.Extent(firstRow, 0)));
      return;
    }
    if (hasBytes) {
      corrupt(file, "its header does not check out, its rows are lost");
      tailDamaged |= segments.isEmpty();
    }
    nextRow = Math.max(nextRow, firstRow + 1);
    fence = Math.min(fence, firstRow);
    fenceIsExact = false;
    segments.add(new Segment(file, firstRow, new Segment.Extent(firstRow, 0)));
  }

  private void withHeader(Path file, SegmentHeader header) throws IOException {
    long firstRow = header.firstRow();
    long endRow = fenceIsExact ? Math.max(fence, firstRow) : scan(file, firstRow);
    segments.add(new Segment(file, firstRow, new Segment.Extent(endRow, Long.MAX_VALUE)));
    if (end == null) {
      end = endRow > firstRow ? endRow : header.priorEnd();
    }
    nextRow = Math.max(nextRow, endRow > firstRow ? endRow : firstRow + 1);
    lastStamp = Math.max(lastStamp, header.stampFloor());
    fence = header.priorEnd();
    fenceIsExact = true;
  }

  /** Checks records up to the fence and makes them durable; the number after the last good row. */
  private long scan(Path file, long firstRow) throws IOException {
    disk.sync(file);
    Segment whole = new Segment(file, firstRow, new Segment.Extent(fence, Long.MAX_VALUE));
    try (SegmentScanner scanner = new SegmentScanner(disk, whole)) {
      while (scanner.row() < fence) {
        try {
          JournalRecord record = scanner.next(Long.MAX_VALUE);
          if (record == null) {
            break;
          }
          lastStamp = Math.max(lastStamp, record.position().stampMillis());
        } catch (JournalException e) {
          corrupt(file, e.getMessage() + "; the records before it are kept");
          tailDamaged = true;
          break;
        }
      }
      return scanner.row();
    }
  }

  private void requireOwn(SegmentHeader header, Path file, long firstRow) throws JournalException {
    if (header.firstRow() != firstRow) {
      throw new JournalException(
          JournalException.Reason.FOREIGN,
          "%s begins with row %d: it was renamed; give it back its name"
              .formatted(file, header.firstRow()));
    }
    if (id != null && !id.equals(header.journal())) {
      throw new JournalException(
          JournalException.Reason.FOREIGN,
          "%s belongs to journal %s, the segments after it to %s: two journals in one directory"
              .formatted(file, header.journal(), id));
    }
    id = header.journal();
  }

  private void corrupt(Path file, String what) {
    corruptions++;
    LOG.warn("journal segment {}: {}", file, what);
  }
}
