package dev.sextant.storage.block;

import dev.sextant.storage.codec.ByteSource;
import dev.sextant.storage.codec.ByteWriter;
import dev.sextant.storage.codec.CorruptDataException;
import dev.sextant.storage.otlp.Slice;
import java.util.zip.CRC32C;

/**
 * What is read of a block before any of its parts: its number of rows, where each part lies and
 * what its checksum is, and what the layout says of them. Its own last four bytes are the CRC32C of
 * those before.
 *
 * <p>A short part stands in the header itself. Others are fields of the document, told apart by
 * their size: Lucene reads a value into an array that has room for the longest of its field, so a
 * field holds parts of like length.
 */
final class BlockHeader {
  private static final int VERSION = 2;
  private static final int MAX_ROWS = 1 << 24;

  /** Longest part that stands in the header. */
  private static final int INLINE = 64;

  private final int rows;
  private final byte[] bytes;
  private final int[] lengths;

  /** Where a part stands in the header; elsewhere its checksum. */
  private final int[] places;

  /** Of parts that are fields, how many of the same size class come before. */
  private final int[] ordinals;

  private final Slice section;

  /** Length of the whole header. */
  private final int length;

  private BlockHeader(ByteSource in, Slice whole) {
    this.bytes = whole.bytes();
    this.length = whole.length();
    this.rows = in.getCount(MAX_ROWS);
    int parts = in.getCount(in.remaining());
    this.lengths = new int[parts];
    this.places = new int[parts];
    this.ordinals = new int[parts];
    int[] counts = new int[BlockFields.SIZE_CLASSES];
    for (int i = 0; i < parts; i++) {
      lengths[i] = in.getCount(BlockFields.MAX_PART);
      if (lengths[i] <= INLINE) {
        places[i] = in.getSlice(lengths[i]).from();
      } else {
        places[i] = in.getInt();
        ordinals[i] = counts[BlockFields.sizeClass(lengths[i])]++;
      }
    }
    this.section = in.getSlice(in.remaining());
  }

  /**
   * @throws CorruptDataException where the bytes are no header of this version
   */
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
    return new BlockHeader(in, bytes);
  }

  int rows() {
    return rows;
  }

  int parts() {
    return lengths.length;
  }

  int length(int part) {
    return lengths[part];
  }

  boolean isInline(int part) {
    return lengths[part] <= INLINE;
  }

  /** The bytes of a part that stands in the header. */
  Slice inline(int part) {
    return new Slice(bytes, places[part], places[part] + lengths[part]);
  }

  /** Name of the field of a part that does not stand in the header. */
  String field(int part) {
    return BlockFields.part(BlockFields.sizeClass(lengths[part]), ordinals[part]);
  }

  /** Whether bytes of a field are the part's. */
  boolean isWhole(int part, Slice read) {
    return read.length() == lengths[part] && checksum(read) == places[part];
  }

  /** How many bytes the header takes beside the parts that stand in it. */
  int ownLength() {
    int own = length;
    for (int part : lengths) {
      own -= part <= INLINE ? part : 0;
    }
    return own;
  }

  /** What the layout says of the parts. */
  Slice section() {
    return section;
  }

  /** Takes the parts that become fields of the document. */
  @FunctionalInterface
  interface FieldSink {
    void field(String name, byte[] part);
  }

  /** Makes a header, and gives away the parts that do not stand in it. */
  static byte[] encode(int rows, BlockContent content, FieldSink sink) {
    ByteWriter out = new ByteWriter(1024);
    out.put(VERSION);
    out.putVarint(rows);
    out.putVarint(content.parts().size());
    int[] counts = new int[BlockFields.SIZE_CLASSES];
    for (byte[] part : content.parts()) {
      out.putVarint(part.length);
      if (part.length <= INLINE) {
        out.put(part, 0, part.length);
      } else {
        out.putInt(checksum(Slice.of(part)));
        int sizeClass = BlockFields.sizeClass(part.length);
        sink.field(BlockFields.part(sizeClass, counts[sizeClass]++), part);
      }
    }
    out.put(content.section().array(), 0, content.section().length());
    out.putInt(checksum(new Slice(out.array(), 0, out.length())));
    return out.toByteArray();
  }

  static int checksum(Slice bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes.bytes(), bytes.from(), bytes.length());
    return (int) crc.getValue();
  }
}
