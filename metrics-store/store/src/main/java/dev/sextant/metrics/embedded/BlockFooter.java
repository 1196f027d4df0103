package dev.sextant.metrics.embedded;

import dev.sextant.metrics.column.ByteReader;
import dev.sextant.metrics.column.ByteWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * What stands at the end of a block: where its sections are, and what it covers. The last eight
 * bytes of the file are the footer's length and the four letters {@code SXMB}.
 *
 * @param firstRow and {@code endRow}: the journal rows whose samples may be in it
 * @param minMillis and {@code maxMillis}: first and last time, inclusive
 */
record BlockFooter(
    String tenant,
    long firstRow,
    long endRow,
    long minMillis,
    long maxMillis,
    long samples,
    int series,
    Section[] sections) {

  static final int SYMBOLS = 0;
  static final int NAMES = 1;
  static final int VALUES = 2;
  static final int POSTINGS = 3;
  static final int OFFSETS = 4;
  static final int SERIES = 5;
  static final int SECTIONS = 6;

  /** Length of what follows the footer. */
  static final int TAIL = 8;

  private static final byte[] MAGIC = "SXMB".getBytes(StandardCharsets.US_ASCII);

  record Section(long offset, long length, int crc) {}

  void write(ByteWriter out) {
    int from = out.size();
    out.text(tenant);
    out.varint(firstRow);
    out.varint(endRow);
    out.zigzag(minMillis);
    out.zigzag(maxMillis);
    out.varint(samples);
    out.varint(series);
    for (Section section : sections) {
      out.varint(section.offset);
      out.varint(section.length);
      out.u32(section.crc);
    }
    out.u32(out.crc32c(from));
    out.u32(out.size() - from);
    out.bytes(MAGIC, 0, MAGIC.length);
  }

  /**
   * @throws dev.sextant.storage.StoreException where it is damaged
   */
  static BlockFooter read(byte[] bytes, String file) {
    ByteReader in = new ByteReader(bytes, "the footer of " + file);
    in.checkTrailingCrc(0);
    String tenant = in.text();
    long firstRow = in.varint();
    long endRow = in.varint();
    long min = in.zigzag();
    long max = in.zigzag();
    long samples = in.varint();
    int series = in.count(Integer.MAX_VALUE, "count of series");
    Section[] sections = new Section[SECTIONS];
    for (int i = 0; i < SECTIONS; i++) {
      sections[i] = new Section(in.varint(), in.varint(), in.u32());
    }
    in.checkEnd();
    return new BlockFooter(tenant, firstRow, endRow, min, max, samples, series, sections);
  }

  static boolean isMagic(byte[] bytes) {
    return Arrays.equals(bytes, MAGIC);
  }
}
