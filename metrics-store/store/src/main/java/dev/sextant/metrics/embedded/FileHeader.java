package dev.sextant.metrics.embedded;

import dev.sextant.metrics.UnknownVersionException;
import dev.sextant.metrics.column.ByteReader;
import dev.sextant.metrics.column.ByteWriter;
import dev.sextant.storage.StoreException;
import java.nio.charset.StandardCharsets;

/**
 * The first bytes of every file of the store: four letters of what it is, one byte of format
 * version, and CRC-32C of those five. The checksum tells a newer format, which is refused, from a
 * damaged byte.
 */
enum FileHeader {
  HEAD("SXMH"),
  BLOCK("SXMB");

  static final int LENGTH = 9;

  private static final int VERSION = 1;

  private final String magic;

  FileHeader(String magic) {
    this.magic = magic;
  }

  void write(ByteWriter out) {
    int from = out.size();
    out.bytes(magic.getBytes(StandardCharsets.US_ASCII), 0, 4);
    out.u8(VERSION);
    out.u32(out.crc32c(from));
  }

  /**
   * @throws UnknownVersionException where the file is whole but of a version that is not known here
   * @throws StoreException where it is damaged or something else
   */
  void check(byte[] header, String file) {
    ByteReader in = new ByteReader(header, file);
    in.checkTrailingCrc(0);
    if (!new String(in.bytes(4), StandardCharsets.US_ASCII).equals(magic)) {
      throw in.damaged("it does not begin with " + magic);
    }
    int version = in.u8();
    if (version != VERSION) {
      throw new UnknownVersionException(
          file
              + " has format version "
              + version
              + ", known is "
              + VERSION
              + ": it was written by another version of Sextant, start that one");
    }
  }
}
