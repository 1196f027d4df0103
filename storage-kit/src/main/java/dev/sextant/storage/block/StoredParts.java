package dev.sextant.storage.block;

import dev.sextant.storage.codec.CorruptDataException;
import dev.sextant.storage.otlp.Slice;
import java.io.IOException;
import org.apache.lucene.index.BinaryDocValues;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.util.BytesRef;

/**
 * A block in a partition, by its parts. A part is read, and checked against its checksum, each time
 * it is asked for. For one thread; valid while its {@link BlockSnapshot} is open.
 */
public final class StoredParts {
  private final StoredRef ref;
  private final String tenant;
  private final String service;
  private final BlockHeader header;
  private long bytesRead;

  StoredParts(StoredRef ref, String tenant, String service) {
    this.ref = ref;
    this.tenant = tenant;
    this.service = service;
    try {
      this.header = BlockHeader.decode(bytes(BlockFields.HEADER));
    } catch (CorruptDataException | IndexOutOfBoundsException e) {
      throw damaged(BlockFields.HEADER, e);
    }
  }

  public String tenant() {
    return tenant;
  }

  public String service() {
    return service;
  }

  public int rows() {
    return header.rows();
  }

  public long minTime() {
    return ref.minTime();
  }

  public long maxTime() {
    return ref.maxTime();
  }

  /** What the layout wrote into {@link BlockContent#section()}. */
  public Slice section() {
    return header.section();
  }

  /** How many parts there are. */
  public int count() {
    return header.parts();
  }

  /** How many bytes a part takes. */
  public int length(int number) {
    return header.length(number);
  }

  /** How many bytes the block's header takes, without the parts that stand in it. */
  public int headerLength() {
    return header.ownLength();
  }

  /**
   * A part's bytes.
   *
   * @param what it is called in an error
   * @throws BlockDamagedException where they cannot be read or are not what was written
   */
  public Slice part(int number, Object what) {
    return decode(number, what, part -> part);
  }

  /** Makes something of a part. */
  @FunctionalInterface
  public interface Decoder<T> {
    T decode(Slice part);
  }

  /**
   * What a decoder makes of a part.
   *
   * @param what the part is called in an error, by its text
   * @throws BlockDamagedException where it cannot be read, is not what was written, or the decoder
   *     finds it corrupt
   */
  public <T> T decode(int number, Object what, Decoder<T> decoder) {
    try {
      return decoder.decode(read(number));
    } catch (CorruptDataException | IndexOutOfBoundsException e) {
      throw damaged(what, e);
    }
  }

  /**
   * Reads every part once.
   *
   * @throws BlockDamagedException where one is not what was written
   */
  public void check() {
    for (int i = 0; i < count(); i++) {
      part(i, "part " + i);
    }
  }

  private Slice read(int number) {
    if (number < 0 || number >= header.parts()) {
      throw new CorruptDataException("there is no part " + number);
    }
    if (header.isInline(number)) {
      return header.inline(number);
    }
    Slice part = bytes(header.field(number));
    if (!header.isWhole(number, part)) {
      throw new CorruptDataException("the checksum differs");
    }
    return part;
  }

  private Slice bytes(String field) {
    LeafReader leaf = ref.leaf();
    try {
      BinaryDocValues values = leaf.getBinaryDocValues(field);
      if (values == null || !values.advanceExact(ref.document())) {
        throw new CorruptDataException("the part is missing");
      }
      BytesRef bytes = values.binaryValue();
      bytesRead += bytes.length;
      return new Slice(bytes.bytes, bytes.offset, bytes.offset + bytes.length);
    } catch (IOException e) {
      throw damaged(field, e);
    }
  }

  /** How many bytes were read so far. */
  public long bytesRead() {
    return bytesRead;
  }

  /** The exception for a part of this block. */
  public BlockDamagedException damaged(Object what, Exception cause) {
    return new BlockDamagedException(
        "%s: partition %s, document %d of %s, part %s is damaged: %s"
            .formatted(
                ref.layout().schema().signal(),
                ref.partition(),
                ref.document(),
                ref.leaf(),
                what,
                cause.getMessage()),
        cause);
  }
}
