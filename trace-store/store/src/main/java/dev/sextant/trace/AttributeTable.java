package dev.sextant.trace;

import dev.sextant.storage.otlp.MalformedOtlpException;
import dev.sextant.storage.otlp.ProtoReader;
import dev.sextant.storage.otlp.Slice;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The attributes of one scope as columns that are being filled. Of a key that a place has twice the
 * first value counts; one without a value is left out. A place is told its keys mostly in the order
 * of the place before, so the column behind the one found last is tried first. For one thread.
 */
final class AttributeTable {
  private final List<Entry> entries = new ArrayList<>();
  private final Map<Slice, Entry> byKey = new HashMap<>();
  private final Map<String, AttributeColumn> byName = new HashMap<>();
  private int next;

  private record Entry(Slice key, int number, AttributeColumn column) {}

  /**
   * Adds the {@code KeyValue} that a reader stands on.
   *
   * @param inner another reader over the same array
   * @throws MalformedOtlpException where it is none
   */
  void add(int place, ProtoReader reader, ProtoReader inner) {
    byte[] bytes = reader.bytes();
    int keyFrom = 0;
    int keyTo = 0;
    int valueFrom = -1;
    int valueTo = -1;
    int outer = reader.enter();
    int at = reader.position();
    while (reader.next()) {
      if (reader.field() == 1) {
        reader.delimited();
        keyFrom = reader.from();
        keyTo = reader.to();
      } else {
        reader.skip();
        if (reader.field() == 2) {
          valueFrom = at;
          valueTo = reader.position();
        }
      }
      at = reader.position();
    }
    reader.leave(outer);
    if (valueFrom >= 0) {
      addValue(place, bytes, keyFrom, keyTo, inner, valueFrom, valueTo);
    }
  }

  private void addValue(
      int place, byte[] bytes, int keyFrom, int keyTo, ProtoReader inner, int from, int to) {
    inner.reset(from, to);
    inner.next();
    int outer = inner.enter();
    byte type = 0;
    long bits = 0;
    int textFrom = from;
    int textTo = to;
    while (inner.next()) {
      switch (inner.field()) {
        case 1 -> {
          type = ValueDictionary.TEXT;
          inner.delimited();
          textFrom = inner.from();
          textTo = inner.to();
        }
        case 2 -> {
          type = ValueDictionary.BOOL;
          bits = inner.varint() == 0 ? 0 : 1;
        }
        case 3 -> {
          type = ValueDictionary.INT;
          bits = inner.varint();
        }
        case 4 -> {
          type = ValueDictionary.DECIMAL;
          bits = inner.fixed64();
        }
        case 5, 6, 7 -> {
          type = ValueDictionary.COMPOSITE;
          inner.skip();
          textFrom = from;
          textTo = to;
        }
        default -> inner.skip();
      }
    }
    inner.leave(outer);
    if (type == 0) {
      return;
    }
    AttributeColumn column = column(bytes, keyFrom, keyTo);
    if (column.has(place)) {
      return;
    }
    if (type == ValueDictionary.TEXT || type == ValueDictionary.COMPOSITE) {
      column.add(place, type, bytes, textFrom, textTo);
    } else {
      column.add(place, type, bits);
    }
  }

  private AttributeColumn column(byte[] bytes, int from, int to) {
    Slice key = new Slice(bytes, from, to);
    if (next < entries.size() && entries.get(next).key.equals(key)) {
      return entries.get(next++).column;
    }
    Entry found = byKey.get(key);
    if (found == null) {
      found = new Entry(Slice.of(key.copy()), entries.size(), new AttributeColumn());
      entries.add(found);
      byKey.put(found.key, found);
      byName.putIfAbsent(found.key.text(), found.column);
    }
    next = found.number + 1;
    return found.column;
  }

  /** The next place's attributes begin. */
  void begin() {
    next = 0;
  }

  @Nullable AttributeColumn get(String key) {
    return byName.get(key);
  }

  Iterable<String> keys() {
    return byName.keySet();
  }

  /** About how much heap it takes. */
  long heapBytes() {
    long total = 0;
    for (Entry entry : entries) {
      total += 256 + 4L * entry.key.length() + entry.column.heapBytes();
    }
    return total;
  }
}
