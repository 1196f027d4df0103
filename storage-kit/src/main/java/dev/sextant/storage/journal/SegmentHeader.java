package dev.sextant.storage.journal;

import java.nio.ByteBuffer;
import java.util.UUID;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * What a segment's file begins with, twice, so that one damaged place cannot hide a segment. Big
 * endian; {@code docs/format/journal.md} describes it.
 *
 * @param journal the journal's id
 * @param firstRow the number of the first row in the segment, also the file's name
 * @param priorEnd the fence: the number after the last acknowledged row before this segment.
 *     Records of earlier segments from this row on were never acknowledged and are void
 * @param stampFloor the stamp of the last record before this segment
 */
record SegmentHeader(UUID journal, long firstRow, long priorEnd, long stampFloor) {
  static final int VERSION = 1;

  /** Bytes of both copies. */
  static final int SIZE = 128;

  private static final int COPY = SIZE / 2;
  private static final int CRC_AT = COPY - Integer.BYTES;
  private static final long MAGIC = 0x5358_544a_524e_4c0aL; // "SXTJRNL\n"

  /**
   * A header as it was found.
   *
   * @param header null where no copy checks out
   * @param intact whether both copies check out
   */
  record Found(@Nullable SegmentHeader header, boolean intact) {}

  ByteBuffer encode() {
    ByteBuffer both = ByteBuffer.allocate(SIZE);
    encodeCopy(both.slice(0, COPY));
    encodeCopy(both.slice(COPY, COPY));
    return both;
  }

  private void encodeCopy(ByteBuffer out) {
    out.putLong(MAGIC).putInt(VERSION).putInt(0);
    out.putLong(journal.getMostSignificantBits()).putLong(journal.getLeastSignificantBits());
    out.putLong(firstRow).putLong(priorEnd).putLong(stampFloor).putInt(0);
    out.putInt(crc(out));
  }

  /**
   * Reads a header from a file's first bytes, which may be fewer than {@link #SIZE}.
   *
   * @throws JournalException where a copy that checks out is of another version
   */
  static Found decode(ByteBuffer bytes, Object file) throws JournalException {
    SegmentHeader first = decodeCopy(bytes, 0, file);
    SegmentHeader second = decodeCopy(bytes, COPY, file);
    return new Found(first != null ? first : second, first != null && second != null);
  }

  private static @Nullable SegmentHeader decodeCopy(ByteBuffer bytes, int at, Object file)
      throws JournalException {
    if (bytes.limit() < at + COPY) {
      return null;
    }
    ByteBuffer in = bytes.slice(at, COPY);
    if (in.getLong() != MAGIC || in.getInt(CRC_AT) != crc(in)) {
      return null;
    }
    int version = in.getInt();
    if (version != VERSION) {
      throw new JournalException(
          JournalException.Reason.FOREIGN,
          "%s is of journal version %d; this program reads version %d"
              .formatted(file, version, VERSION));
    }
    in.getInt();
    return new SegmentHeader(
        new UUID(in.getLong(), in.getLong()), in.getLong(), in.getLong(), in.getLong());
  }

  private static int crc(ByteBuffer copy) {
    CRC32C crc = new CRC32C();
    crc.update(copy.duplicate().position(0).limit(CRC_AT));
    return (int) crc.getValue();
  }
}
