package dev.sextant.storage.block;

import dev.sextant.storage.codec.Blob;
import dev.sextant.storage.codec.Bloom;
import dev.sextant.storage.codec.ByteSource;
import dev.sextant.storage.codec.CorruptDataException;
import dev.sextant.storage.codec.LongVector;
import dev.sextant.storage.otlp.Slice;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.lucene.index.BinaryDocValues;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;

/**
 * A block in a partition. Reads a part when it is first asked for and checks it against the
 * header's checksum.
 */
final class StoredBlock implements Block {
  private final BlockSchema schema;
  private final String partition;
  private final LeafReader leaf;
  private final int document;
  private final String tenant;
  private final String service;
  private final long minTime;
  private final long maxTime;
  private final BlockHeader header;
  private final Map<String, long[]> vectors = new HashMap<>();
  private final Map<String, List<Slice>> dictionaries = new HashMap<>();
  private @Nullable Bloom bloom;
  private @Nullable Slice payload;
  private int[] ends = new int[0];

  StoredBlock(BlockSchema schema, StoredRef ref, String tenant, String service) {
    this.schema = schema;
    this.partition = ref.partition();
    this.leaf = ref.leaf();
    this.document = ref.document();
    this.minTime = ref.minTime();
    this.maxTime = ref.maxTime();
    this.tenant = tenant;
    this.service = service;
    try {
      this.header = BlockHeader.decode(bytes(BlockFields.HEADER));
    } catch (CorruptDataException | IndexOutOfBoundsException e) {
      throw damaged(BlockFields.HEADER, e);
    }
  }

  @Override
  public String tenant() {
    return tenant;
  }

  @Override
  public String service() {
    return service;
  }

  @Override
  public int rows() {
    return header.rows();
  }

  @Override
  public long minTime() {
    return minTime;
  }

  @Override
  public long maxTime() {
    return maxTime;
  }

  @Override
  public long[] rowNumbers() {
    return vector(BlockFields.ROWS);
  }

  @Override
  public long[] times() {
    return vector(BlockFields.TIMES);
  }

  @Override
  public long[] column(int column) {
    return vector(BlockFields.column(schema.columns().get(column)));
  }

  @Override
  public long[] dictionaryIds(int dictionary) {
    return vector(BlockFields.dictionaryIds(schema.dictionaries().get(dictionary)));
  }

  @Override
  public List<Slice> dictionary(int dictionary) {
    String field = BlockFields.dictionary(schema.dictionaries().get(dictionary));
    return dictionaries.computeIfAbsent(
        field, f -> decode(f, part -> entries(Blob.decode(part, BlockFields.MAX_PART))));
  }

  private static List<Slice> entries(Slice plain) {
    ByteSource in = new ByteSource(plain);
    int count = in.getCount(in.remaining());
    List<Slice> entries = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      entries.add(in.getSized());
    }
    return entries;
  }

  @Override
  public Slice payload(int row) {
    Slice all = payload;
    if (all == null) {
      long[] lengths = vector(BlockFields.LENGTHS);
      all = decode(BlockFields.PAYLOAD, part -> Blob.decode(part, BlockFields.MAX_PART));
      ends = new int[rows()];
      long end = 0;
      for (int i = 0; i < ends.length; i++) {
        end += lengths[i];
        if (lengths[i] < 0 || end > all.length()) {
          throw damaged(BlockFields.LENGTHS, new CorruptDataException("rows exceed the payload"));
        }
        ends[i] = (int) end;
      }
      payload = all;
    }
    int from = row == 0 ? 0 : ends[row - 1];
    return new Slice(all.bytes(), all.from() + from, all.from() + ends[row]);
  }

  @Override
  public boolean mightContain(long key) {
    Bloom filter = bloom;
    if (filter == null) {
      filter = decode(BlockFields.BLOOM, Bloom::decode);
      bloom = filter;
    }
    return filter.mightContain(key);
  }

  @Override
  public Slice summary() {
    return decode(BlockFields.SUMMARY, part -> part);
  }

  private long[] vector(String field) {
    return vectors.computeIfAbsent(field, f -> decode(f, part -> LongVector.decode(part, rows())));
  }

  private interface Decoder<T> {
    T decode(Slice part);
  }

  private <T> T decode(String field, Decoder<T> decoder) {
    try {
      Slice part = bytes(field);
      Integer expected = header.checksums().get(field);
      if (expected == null || expected != BlockHeader.checksum(part)) {
        throw new CorruptDataException("the checksum differs");
      }
      return decoder.decode(part);
    } catch (CorruptDataException | IndexOutOfBoundsException e) {
      throw damaged(field, e);
    }
  }

  private Slice bytes(String field) {
    try {
      BinaryDocValues values = leaf.getBinaryDocValues(field);
      if (values == null || !values.advanceExact(document)) {
        throw new CorruptDataException("the part is missing");
      }
      BytesRef bytes = values.binaryValue();
      return new Slice(bytes.bytes, bytes.offset, bytes.offset + bytes.length);
    } catch (IOException e) {
      throw damaged(field, e);
    }
  }

  private BlockDamagedException damaged(String field, Exception cause) {
    return new BlockDamagedException(
        "%s: partition %s, document %d of %s, part %s is damaged: %s"
            .formatted(schema.signal(), partition, document, leaf, field, cause.getMessage()),
        cause);
  }
}
