package dev.sextant.storage.journal;

import dev.sextant.storage.Position;
import dev.sextant.storage.file.AppendFile;
import dev.sextant.storage.file.Disk;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes groups of appends durable: writes them behind each other into the newest segment and fsyncs
 * once. For the journal's thread.
 *
 * <p>A file whose write or fsync failed is never written again. It is cut to what was acknowledged,
 * as well as the disk lets it, and the next group begins a segment whose header fences off the rest
 * before anything in it is acknowledged. Row numbers of failed groups are not used again.
 */
final class GroupWriter implements Closeable {
  private static final Logger LOG = LoggerFactory.getLogger(GroupWriter.class);
  private static final long LARGEST_GROUP = 8L << 20;

  private final Disk disk;
  private final Path directory;
  private final long segmentBytes;
  private final InstantSource clock;
  private final UUID id;
  private final SegmentCatalog catalog;
  private final ByteBuffer scratch = ByteBuffer.allocateDirect(256 << 10);
  private final AtomicLong skipTo = new AtomicLong();
  private long nextRow;
  private long stamp;
  private @Nullable Active active;

  /** The segment being written; {@code length} counts what was handed to the file. */
  private static final class Active {
    final Segment segment;
    final AppendFile file;
    long length = SegmentHeader.SIZE;

    Active(Segment segment, AppendFile file) {
      this.segment = segment;
      this.file = file;
    }
  }

  GroupWriter(
      Disk disk,
      Path directory,
      long segmentBytes,
      InstantSource clock,
      JournalRecovery.Found found,
      SegmentCatalog catalog) {
    this.disk = disk;
    this.directory = directory;
    this.segmentBytes = segmentBytes;
    this.clock = clock;
    this.catalog = catalog;
    id = found.id();
    nextRow = found.nextRow();
    stamp = found.lastStamp();
  }

  /** See {@link Journal#skipTo}; from any thread, and counts from the next group on. */
  void skipTo(long row) {
    skipTo.accumulateAndGet(row, Math::max);
  }

  /** Bytes that the next group should not exceed, if it is more than one record. */
  long room() {
    long left = active == null ? segmentBytes - SegmentHeader.SIZE : segmentBytes - active.length;
    return Math.min(LARGEST_GROUP, left);
  }

  /**
   * Appends a group and fsyncs it.
   *
   * @return the position of each, all durable
   * @throws IOException where none of them is durable
   */
  List<Position> write(List<Append> group, long bytes) throws IOException {
    Active current = segmentFor(bytes);
    boolean durable = false;
    try {
      List<Position> positions = new ArrayList<>(group.size());
      stamp = Math.max(stamp, clock.millis());
      for (Append append : group) {
        Position position = new Position(nextRow, stamp);
        nextRow += append.rows();
        positions.add(position);
        put(current, RecordFormat.head(append, position));
        put(current, append.payload().duplicate());
      }
      flush(current);
      current.file.sync();
      durable = true;
      catalog.extend(current.segment, new Segment.Extent(nextRow, current.length));
      return positions;
    } finally {
      if (!durable) {
        abandon(current);
      }
    }
  }

  private Active segmentFor(long bytes) throws IOException {
    long wanted = skipTo.get();
    boolean jump = wanted > nextRow;
    Active current = active;
    if (current != null) {
      boolean full = !current.segment.isEmpty() && current.length + bytes > segmentBytes;
      if (!jump && !full && !current.segment.isDamaged()) {
        return current;
      }
      active = null;
      current.file.close();
    }
    nextRow = Math.max(nextRow, wanted);
    return begin();
  }

  /** Begins a segment; its name and header, and so the fence, are durable when it returns. */
  private Active begin() throws IOException {
    long firstRow = nextRow;
    Path path = Segment.fileOf(directory, firstRow);
    AppendFile file = disk.create(path);
    boolean begun = false;
    try {
      file.write(new SegmentHeader(id, firstRow, catalog.end(), stamp).encode());
      file.sync();
      disk.syncDirectory(directory);
      begun = true;
    } finally {
      if (!begun) {
        nextRow++;
        discard(path, file);
      }
    }
    Segment segment = new Segment(path, firstRow, new Segment.Extent(firstRow, SegmentHeader.SIZE));
    catalog.add(segment);
    active = new Active(segment, file);
    return active;
  }

  private void put(Active current, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      if (!scratch.hasRemaining()) {
        flush(current);
      }
      int part = Math.min(scratch.remaining(), bytes.remaining());
      scratch.put(bytes.slice(bytes.position(), part));
      bytes.position(bytes.position() + part);
    }
  }

  private void flush(Active current) throws IOException {
    scratch.flip();
    current.length += scratch.remaining();
    current.file.write(scratch);
    scratch.clear();
  }

  private void abandon(Active current) {
    active = null;
    scratch.clear();
    try (AppendFile file = current.file) {
      file.truncate(current.segment.extent().endOffset());
    } catch (IOException e) {
      LOG.warn("cannot cut {} to its acknowledged length", current.segment.file(), e);
    }
  }

  private void discard(Path path, AppendFile file) {
    try (file) {
      disk.delete(path);
    } catch (IOException e) {
      LOG.warn("cannot delete {}, which was begun and holds no records", path, e);
    }
  }

  @Override
  public void close() throws IOException {
    if (active != null) {
      active.file.close();
      active = null;
    }
  }
}
