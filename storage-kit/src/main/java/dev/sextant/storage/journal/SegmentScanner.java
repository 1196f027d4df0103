package dev.sextant.storage.journal;

import dev.sextant.storage.file.Disk;
import dev.sextant.storage.file.ReadFile;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Walks a segment's records from the first on, checking each. For one thread. */
final class SegmentScanner implements Closeable {
  private static final int BUFFER = 64 << 10;

  /** Longer records get an array of their own in any case. */
  private static final int LONGEST_IN_PLACE = 4 << 20;

  private final Path path;
  private final ReadFile file;
  private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER).limit(0);
  private final boolean inPlace;
  private byte[] place = new byte[0];
  private long offset = SegmentHeader.SIZE;
  private long row;

  SegmentScanner(Disk disk, Segment segment) throws IOException {
    this(disk, segment, false);
  }

  /**
   * @param inPlace whether a record's payload may be overwritten by the next record's
   */
  SegmentScanner(Disk disk, Segment segment, boolean inPlace) throws IOException {
    this.inPlace = inPlace;
    path = segment.file();
    file = disk.open(path);
    row = segment.firstRow();
  }

  /** The number of the next record's first row. */
  long row() {
    return row;
  }

  /** Where the next record begins. */
  long offset() {
    return offset;
  }

  /**
   * The next record that ends at or before an offset, or null exactly at that offset or the file's
   * end.
   *
   * @throws JournalException with {@link JournalException.Reason#DAMAGED} where what follows is no
   *     whole record; this scanner then stays there
   */
  @Nullable JournalRecord next(long endOffset) throws IOException {
    long available = Math.min(endOffset, file.length()) - offset;
    if (available <= 0) {
      return null;
    }
    try {
      int size = sizeOfNext(available);
      byte[] bytes = arrayFor(size);
      fill(bytes, size, available);
      JournalRecord record = RecordFormat.parse(bytes, size, row);
      offset += size;
      row = record.endRow();
      return record;
    } catch (IllegalArgumentException e) {
      buffer.limit(0);
      throw damaged(String.valueOf(e.getMessage()));
    } catch (IOException e) {
      buffer.limit(0);
      throw e;
    }
  }

  private byte[] arrayFor(int size) {
    if (!inPlace || size > LONGEST_IN_PLACE) {
      return new byte[size];
    }
    if (place.length < size) {
      place = new byte[Math.min(LONGEST_IN_PLACE, Math.max(size, 2 * place.length))];
    }
    return place;
  }

  private int sizeOfNext(long available) throws IOException {
    if (available < RecordFormat.HEADER) {
      throw damaged("cut within a record's header");
    }
    if (buffer.remaining() < Integer.BYTES) {
      refill(offset, available);
    }
    int size = buffer.getInt(buffer.position());
    if (size <= RecordFormat.HEADER || size > RecordFormat.MAX_SIZE || size > available) {
      throw damaged("a record of %d bytes where %d are left".formatted(size, available));
    }
    return size;
  }

  private void fill(byte[] bytes, int size, long available) throws IOException {
    int done = Math.min(buffer.remaining(), size);
    buffer.get(bytes, 0, done);
    if (size - done >= BUFFER) {
      ByteBuffer rest = ByteBuffer.wrap(bytes, done, size - done);
      while (rest.hasRemaining()) {
        requireBytes(file.read(rest, offset + rest.position()));
      }
    } else if (done < size) {
      refill(offset + done, available - done);
      if (buffer.remaining() < size - done) {
        throw new IOException("%s: short read at byte %d".formatted(path, offset + done));
      }
      buffer.get(bytes, done, size - done);
    }
  }

  private void refill(long from, long available) throws IOException {
    buffer.clear().limit((int) Math.min(BUFFER, available));
    long at = from;
    while (buffer.hasRemaining()) {
      int read = file.read(buffer, at);
      if (read < 0) {
        break;
      }
      at += read;
    }
    buffer.flip();
  }

  private void requireBytes(int read) throws IOException {
    if (read < 0) {
      throw new IOException("%s: short read after byte %d".formatted(path, offset));
    }
  }

  JournalException damaged(String what) {
    return new JournalException(
        JournalException.Reason.DAMAGED,
        "%s is damaged at byte %d, row %d: %s".formatted(path, offset, row, what));
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
