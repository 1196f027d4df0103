package dev.sextant.trace;

import dev.sextant.storage.codec.Hash;
import dev.sextant.storage.otlp.OtlpDecoder;
import dev.sextant.storage.otlp.OtlpLimits;
import dev.sextant.storage.otlp.ProtoReader;
import dev.sextant.trace.model.SpanValue;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.AbstractList;
import java.util.Arrays;
import java.util.List;
import java.util.RandomAccess;
import org.jspecify.annotations.Nullable;

/**
 * Distinct values as bytes, numbered in the order they came, in an open-addressed table. For one
 * thread; its snapshots are for any, and stay as they are while more is added.
 */
final class ValueDictionary {
  /** UTF-8. */
  static final byte TEXT = 1;

  /** Eight bytes, not 0 for true. */
  static final byte BOOL = 2;

  /** Eight bytes. */
  static final byte INT = 3;

  /** The eight bytes of a double. */
  static final byte DECIMAL = 4;

  /** A field of a message that holds an {@code AnyValue}: a list, a map or bytes. */
  static final byte COMPOSITE = 5;

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private final byte[] number = new byte[8];
  private byte[] bytes = new byte[64];
  private int[] ends = new int[8];
  private byte[] types = new byte[8];
  private long[] hashes = new long[8];
  private @Nullable SpanValue[] decoded = new SpanValue[8];

  /** Numbers plus one; 0 is free. */
  private int[] table = new int[16];

  private int size;

  int idOf(byte type, long bits) {
    LONG.set(number, 0, bits);
    return idOf(type, number, 0, 8);
  }

  int idOf(byte type, byte[] source, int from, int to) {
    long hash = Hash.of(source, from, to) + type;
    int mask = table.length - 1;
    int at = (int) hash & mask;
    while (table[at] != 0) {
      int id = table[at] - 1;
      if (hashes[id] == hash && types[id] == type && equal(id, source, from, to)) {
        return id;
      }
      at = (at + 1) & mask;
    }
    table[at] = size + 1;
    return add(type, hash, source, from, to);
  }

  private boolean equal(int id, byte[] source, int from, int to) {
    return Arrays.equals(bytes, start(id), ends[id], source, from, to);
  }

  private int start(int id) {
    return id == 0 ? 0 : ends[id - 1];
  }

  private int add(byte type, long hash, byte[] source, int from, int to) {
    int start = size == 0 ? 0 : ends[size - 1];
    int end = Math.addExact(start, to - from);
    if (size == ends.length) {
      ends = Arrays.copyOf(ends, size * 2);
      types = Arrays.copyOf(types, size * 2);
      hashes = Arrays.copyOf(hashes, size * 2);
      decoded = Arrays.copyOf(decoded, size * 2);
    }
    if (end > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(end, (int) Math.min(2L * bytes.length, 1 << 30)));
    }
    System.arraycopy(source, from, bytes, start, to - from);
    ends[size] = end;
    types[size] = type;
    hashes[size] = hash;
    size++;
    if (size > table.length / 2) {
      grow();
    }
    return size - 1;
  }

  private void grow() {
    int[] bigger = new int[table.length * 2];
    int mask = bigger.length - 1;
    for (int id = 0; id < size; id++) {
      int at = (int) hashes[id] & mask;
      while (bigger[at] != 0) {
        at = (at + 1) & mask;
      }
      bigger[at] = id + 1;
    }
    table = bigger;
  }

  int size() {
    return size;
  }

  /** About how much heap it takes, its values decoded. */
  long heapBytes() {
    return 64 + 4L * table.length + 17L * ends.length + 4L * bytes.length;
  }

  /** Its values now. Each is decoded when it is first asked for. */
  List<SpanValue> snapshot() {
    return new Values(bytes, ends, types, decoded, size);
  }

  private static final class Values extends AbstractList<SpanValue> implements RandomAccess {
    private final byte[] bytes;
    private final int[] ends;
    private final byte[] types;
    private final @Nullable SpanValue[] decoded;
    private final int size;

    Values(byte[] bytes, int[] ends, byte[] types, @Nullable SpanValue[] decoded, int size) {
      this.bytes = bytes;
      this.ends = ends;
      this.types = types;
      this.decoded = decoded;
      this.size = size;
    }

    @Override
    public int size() {
      return size;
    }

    /** Two threads may decode one value at once; they find the same. */
    @Override
    public SpanValue get(int id) {
      if (id >= size) {
        throw new IndexOutOfBoundsException(id);
      }
      SpanValue value = decoded[id];
      if (value == null) {
        value = decode(types[id], id == 0 ? 0 : ends[id - 1], ends[id]);
        decoded[id] = value;
      }
      return value;
    }

    private SpanValue decode(byte type, int from, int to) {
      return switch (type) {
        case TEXT -> SpanValue.of(new String(bytes, from, to - from, StandardCharsets.UTF_8));
        case BOOL -> SpanValue.of((long) LONG.get(bytes, from) != 0);
        case INT -> SpanValue.of((long) LONG.get(bytes, from));
        case DECIMAL -> SpanValue.of(Double.longBitsToDouble((long) LONG.get(bytes, from)));
        case COMPOSITE -> {
          ProtoReader reader = new ProtoReader(bytes, from, to, OtlpLimits.STORED);
          reader.next();
          SpanValue value = SpanValues.of(OtlpDecoder.value(reader));
          yield value != null ? value : new SpanValue.Other("");
        }
        default -> throw new AssertionError(type);
      };
    }
  }
}
