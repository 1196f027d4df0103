package dev.sextant.storage.block;

import dev.sextant.storage.otlp.Slice;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The distinct values of a dictionary column, numbered in the order they came. The value asked for
 * last is told by identity, unless it is a part of something larger, which must not be held on to.
 */
final class HeapDictionary {
  private final Map<Slice, Integer> ids = new HashMap<>();
  private Slice[] entries = new Slice[4];
  private int size;
  private Slice last = Slice.EMPTY;
  private int lastId = -1;
  private int bytes;

  int idOf(Slice value) {
    if (value == last && lastId >= 0) {
      return lastId;
    }
    Integer known = ids.get(value);
    int id = known != null ? known : add(Slice.of(value.copy()));
    if (value.length() == value.bytes().length) {
      last = value;
      lastId = id;
    }
    return id;
  }

  private int add(Slice copy) {
    if (size == entries.length) {
      entries = Arrays.copyOf(entries, size * 2);
    }
    entries[size] = copy;
    ids.put(copy, size);
    bytes += copy.length();
    return size++;
  }

  int bytes() {
    return bytes;
  }

  /** What is in it now; stays as it is while more is added. */
  List<Slice> snapshot() {
    return Arrays.asList(entries).subList(0, size);
  }
}
