package dev.sextant.storage.journal;

import dev.sextant.storage.Position;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/**
 * A record's bytes, as {@code docs/format/journal.md} describes them. Big endian.
 *
 * <pre>
 *  0 u32 size      of the whole record
 *  4 u32 CRC32C    of bytes 0 to 3 and 8 to size
 *  8 u64 first row
 * 16 u64 stamp, milliseconds since the epoch
 * 24 u32 rows
 * 28 u8  kind
 * 29 u8  0
 * 30 u16 length of the tenant
 * 32 tenant in UTF-8, then the payload
 * </pre>
 */
final class RecordFormat {
  static final int HEADER = 32;
  static final int MAX_SIZE = 1 << 30;
  static final int MAX_TENANT = 1024;

  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);
  private static final int CRC_AT = 4;
  private static final int CHECKED_FROM = 8;

  private RecordFormat() {}

  /** Header and tenant of a record, ready to be written before its payload. */
  static ByteBuffer head(Append append, Position position) {
    int size = Math.toIntExact(append.size());
    ByteBuffer head = ByteBuffer.allocate(HEADER + append.tenant().length);
    head.putInt(size).putInt(0).putLong(position.row()).putLong(position.stampMillis());
    head.putInt(append.rows()).put((byte) append.kind()).put((byte) 0);
    head.putShort((short) append.tenant().length).put(append.tenant());
    head.putInt(CRC_AT, crc(head.array(), head.capacity(), append.payload()));
    return head.flip();
  }

  /**
   * Parses a record.
   *
   * @param bytes that begin with one whole record; its payload stays there
   * @param size of the record
   * @param expectedRow the number that its first row must have
   * @throws IllegalArgumentException saying what does not check out
   */
  static JournalRecord parse(byte[] bytes, int size, long expectedRow) {
    ByteBuffer in = ByteBuffer.wrap(bytes, 0, size);
    int crc = crc(bytes, size, NOTHING);
    if (in.getInt(CRC_AT) != crc) {
      throw new IllegalArgumentException(
          "CRC32C is %08x, the record says %08x".formatted(crc, in.getInt(CRC_AT)));
    }
    in.position(CHECKED_FROM);
    Position position = new Position(in.getLong(), in.getLong());
    int rows = in.getInt();
    int kind = in.get() & 0xff;
    in.get();
    int tenantLength = in.getShort() & 0xffff;
    if (position.row() != expectedRow || rows < 1 || tenantLength > in.remaining()) {
      throw new IllegalArgumentException(
          "row %d, %d rows, tenant of %d bytes where row %d is due"
              .formatted(position.row(), rows, tenantLength, expectedRow));
    }
    String tenant = new String(bytes, HEADER, tenantLength, StandardCharsets.UTF_8);
    in.position(HEADER + tenantLength);
    return new JournalRecord(position, tenant, kind, rows, in.slice());
  }

  private static int crc(byte[] bytes, int length, ByteBuffer rest) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, CRC_AT);
    crc.update(bytes, CHECKED_FROM, length - CHECKED_FROM);
    crc.update(rest.duplicate());
    return (int) crc.getValue();
  }
}
