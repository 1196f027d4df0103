package dev.sextant.storage.block;

import dev.sextant.storage.codec.ByteSource;
import dev.sextant.storage.codec.ByteWriter;
import dev.sextant.storage.codec.CorruptDataException;
import dev.sextant.storage.otlp.Slice;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.CRC32C;

/**
 * A block's first part: its number of rows and the checksum of every other part. Its own last four
 * bytes are the CRC32C of those before.
 *
 * @param checksums field name of a part → CRC32C of its bytes
 */
record BlockHeader(int rows, Map<String, Integer> checksums) {
  private static final int VERSION = 1;
  private static final int MAX_ROWS = 1 << 24;

  byte[] encode() {
    ByteWriter out = new ByteWriter(256);
    out.put(VERSION);
    out.putVarint(rows);
    out.putVarint(checksums.size());
    checksums.forEach(
        (name, checksum) -> {
          out.putSized(Slice.of(name.getBytes(StandardCharsets.UTF_8)));
          out.putInt(checksum);
        });
    out.putInt(checksum(Slice.of(out.toByteArray())));
    return out.toByteArray();
  }

  static BlockHeader decode(Slice bytes) {
    if (bytes.length() < 7) {
      throw new CorruptDataException("a header of " + bytes.length() + " bytes");
    }
    Slice body = new Slice(bytes.bytes(), bytes.from(), bytes.to() - 4);
    int stored = new ByteSource(new Slice(bytes.bytes(), bytes.to() - 4, bytes.to())).getInt();
    if (checksum(body) != stored) {
      throw new CorruptDataException("the header's checksum differs");
    }
    ByteSource in = new ByteSource(body);
    int version = in.get();
    if (version != VERSION) {
      throw new CorruptDataException("unknown block version " + version);
    }
    int rows = in.getCount(MAX_ROWS);
    Map<String, Integer> checksums = new HashMap<>();
    for (int parts = in.getCount(in.remaining()); parts > 0; parts--) {
      String name = in.getSized().text();
      checksums.put(name, in.getInt());
    }
    return new BlockHeader(rows, checksums);
  }

  static int checksum(Slice bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes.bytes(), bytes.from(), bytes.length());
    return (int) crc.getValue();
  }
}
