package dev.sextant.storage.block;

import dev.sextant.storage.codec.Blob;
import dev.sextant.storage.codec.Bloom;
import dev.sextant.storage.codec.ByteSource;
import dev.sextant.storage.codec.CorruptDataException;
import dev.sextant.storage.codec.LongVector;
import dev.sextant.storage.otlp.Slice;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A stored block of a {@link RowLayout}. Each part is read once, when it is first asked for. */
final class StoredRows implements RowBlock {
  private final BlockSchema schema;
  private final StoredParts parts;

  /** Name of a part → its number. */
  private final Map<String, Integer> names = new HashMap<>();

  private final Map<String, long[]> vectors = new HashMap<>();
  private final Map<String, List<Slice>> dictionaries = new HashMap<>();
  private @Nullable Bloom bloom;
  private @Nullable Slice payload;
  private int[] ends = new int[0];

  StoredRows(BlockSchema schema, StoredParts parts) {
    this.schema = schema;
    this.parts = parts;
    ByteSource section = new ByteSource(parts.section());
    for (int i = 0; i < parts.count(); i++) {
      names.put(section.getSized().text(), i);
    }
  }

  @Override
  public String tenant() {
    return parts.tenant();
  }

  @Override
  public String service() {
    return parts.service();
  }

  @Override
  public int rows() {
    return parts.rows();
  }

  @Override
  public long minTime() {
    return parts.minTime();
  }

  @Override
  public long maxTime() {
    return parts.maxTime();
  }

  @Override
  public long[] rowNumbers() {
    return vector(RowLayout.ROWS);
  }

  @Override
  public long[] times() {
    return vector(RowLayout.TIMES);
  }

  @Override
  public long[] column(int column) {
    return vector(RowLayout.column(schema.columns().get(column)));
  }

  @Override
  public long[] dictionaryIds(int dictionary) {
    return vector(RowLayout.dictionaryIds(schema.dictionaries().get(dictionary)));
  }

  @Override
  public List<Slice> dictionary(int dictionary) {
    String name = RowLayout.dictionary(schema.dictionaries().get(dictionary));
    return dictionaries.computeIfAbsent(
        name, n -> decode(n, part -> entries(Blob.decode(part, BlockFields.MAX_PART))));
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
      long[] lengths = vector(RowLayout.LENGTHS);
      all = decode(RowLayout.PAYLOAD, part -> Blob.decode(part, BlockFields.MAX_PART));
      ends = new int[rows()];
      long end = 0;
      for (int i = 0; i < ends.length; i++) {
        end += lengths[i];
        if (lengths[i] < 0 || end > all.length()) {
          throw parts.damaged(
              RowLayout.LENGTHS, new CorruptDataException("rows exceed the payload"));
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
      filter = decode(RowLayout.BLOOM, Bloom::decode);
      bloom = filter;
    }
    return filter.mightContain(key);
  }

  @Override
  public Slice summary() {
    return decode(RowLayout.SUMMARY, part -> part);
  }

  private long[] vector(String name) {
    return vectors.computeIfAbsent(name, n -> decode(n, part -> LongVector.decode(part, rows())));
  }

  private <T> T decode(String name, StoredParts.Decoder<T> decoder) {
    return parts.decode(names.getOrDefault(name, -1), name, decoder);
  }
}
