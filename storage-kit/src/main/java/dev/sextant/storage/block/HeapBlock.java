package dev.sextant.storage.block;

import dev.sextant.storage.TimeRange;
import dev.sextant.storage.otlp.Slice;
import java.util.Arrays;
import java.util.List;

/**
 * A block that is being filled. One thread appends; {@link #view()} gives what is in it now, to be
 * called under the lock that appending is under. Arrays only grow: a view keeps those it began
 * with, and what it may read of them never changes.
 */
final class HeapBlock {
  /** Objects and tables of an empty block. */
  private static final int FIXED_BYTES = 2048;

  final StreamKey stream;
  final BlockSchema schema;
  final long openedMillis;
  private final HeapDictionary[] dictionaries;
  private long[] rowNumbers = new long[16];
  private long[] times = new long[16];
  private final long[][] columns;
  private final long[][] ids;
  private int[] ends = new int[16];
  private byte[] payload = new byte[4096];
  private int rows;
  private long minTime = Long.MAX_VALUE;
  private long maxTime = Long.MIN_VALUE;

  /** Set once the block's document was handed to the writer. */
  boolean written;

  HeapBlock(StreamKey stream, BlockSchema schema, long openedMillis) {
    this.stream = stream;
    this.schema = schema;
    this.openedMillis = openedMillis;
    this.columns = new long[schema.columns().size()][16];
    this.ids = new long[schema.dictionaries().size()][16];
    this.dictionaries = new HeapDictionary[ids.length];
    Arrays.setAll(dictionaries, i -> new HeapDictionary());
  }

  void append(BlockRow row) {
    int start = payloadBytes();
    grow(row.payload.length());
    for (int i = 0; i < columns.length; i++) {
      columns[i][rows] = row.values[i];
    }
    for (int i = 0; i < ids.length; i++) {
      ids[i][rows] = dictionaries[i].idOf(row.texts[i]);
    }
    System.arraycopy(row.payload.array(), 0, payload, start, row.payload.length());
    rowNumbers[rows] = row.row;
    times[rows] = row.time;
    ends[rows] = start + row.payload.length();
    minTime = Math.min(minTime, row.time);
    maxTime = Math.max(maxTime, row.time);
    rows++;
  }

  private void grow(int more) {
    if (rows == rowNumbers.length) {
      int size = rows * 2;
      rowNumbers = Arrays.copyOf(rowNumbers, size);
      times = Arrays.copyOf(times, size);
      ends = Arrays.copyOf(ends, size);
      for (int i = 0; i < columns.length; i++) {
        columns[i] = Arrays.copyOf(columns[i], size);
      }
      for (int i = 0; i < ids.length; i++) {
        ids[i] = Arrays.copyOf(ids[i], size);
      }
    }
    int needed = Math.addExact(payloadBytes(), more);
    if (needed > payload.length) {
      payload = Arrays.copyOf(payload, Math.max(payload.length * 2, needed));
    }
  }

  int rows() {
    return rows;
  }

  int payloadBytes() {
    return rows == 0 ? 0 : ends[rows - 1];
  }

  /** Bytes of payload and dictionaries. */
  long contentBytes() {
    long total = payloadBytes();
    for (HeapDictionary dictionary : dictionaries) {
      total += dictionary.bytes();
    }
    return total;
  }

  /** About how much heap it takes. */
  long heapBytes() {
    long vectors = 8L * rowNumbers.length * (3 + columns.length + ids.length);
    return FIXED_BYTES + vectors + payload.length + contentBytes() - payloadBytes();
  }

  long firstRow() {
    return rowNumbers[0];
  }

  long lastRow() {
    return rowNumbers[rows - 1];
  }

  boolean overlaps(TimeRange range) {
    return range.overlaps(minTime, maxTime);
  }

  RowBlock view() {
    List<List<Slice>> texts = Arrays.stream(dictionaries).map(HeapDictionary::snapshot).toList();
    return new View(
        stream,
        rows,
        minTime,
        maxTime,
        rowNumbers,
        times,
        columns.clone(),
        ids.clone(),
        texts,
        ends,
        payload);
  }

  @SuppressWarnings("ArrayRecordComponent")
  private record View(
      StreamKey stream,
      int rows,
      long minTime,
      long maxTime,
      long[] rowNumbers,
      long[] times,
      long[][] columns,
      long[][] ids,
      List<List<Slice>> texts,
      int[] ends,
      byte[] bytes)
      implements RowBlock {
    @Override
    public String tenant() {
      return stream.tenant();
    }

    @Override
    public String service() {
      return stream.service();
    }

    @Override
    public long[] column(int column) {
      return columns[column];
    }

    @Override
    public long[] dictionaryIds(int dictionary) {
      return ids[dictionary];
    }

    @Override
    public List<Slice> dictionary(int dictionary) {
      return texts.get(dictionary);
    }

    @Override
    public Slice payload(int row) {
      return new Slice(bytes, row == 0 ? 0 : ends[row - 1], ends[row]);
    }

    @Override
    public boolean mightContain(long key) {
      return true;
    }

    @Override
    public Slice summary() {
      return Slice.EMPTY;
    }
  }
}
