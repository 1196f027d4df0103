package dev.sextant.metrics;

import dev.sextant.metrics.column.ByteReader;
import dev.sextant.metrics.column.ByteWriter;
import dev.sextant.metrics.model.Labels;
import dev.sextant.storage.codec.Blob;
import dev.sextant.storage.codec.CorruptDataException;
import dev.sextant.storage.otlp.Slice;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The labels of all series of a target, in their order, and the block of bytes that they make in a
 * batch. The block is made and compressed when it is first asked for, and then only copied.
 * Immutable but for that; thread-safe.
 */
public final class SeriesNames {
  /** The longest block before compression. */
  private static final int MAX_BYTES = 1 << 20;

  private final Labels[] labels;
  private volatile byte @Nullable [] block;

  SeriesNames(Labels[] labels) {
    this.labels = labels;
  }

  int size() {
    return labels.length;
  }

  Labels labels(int index) {
    return labels[index];
  }

  /** The bytes; empty where they are too many for one block. Not to be changed. */
  byte[] block() {
    byte[] made = block;
    if (made == null) {
      made = encode(labels);
      block = made;
    }
    return made;
  }

  private static byte[] encode(Labels[] all) {
    Map<String, Integer> symbols = new LinkedHashMap<>();
    ByteWriter body = new ByteWriter(16 * all.length);
    for (Labels labels : all) {
      body.varint(labels.size());
      for (int i = 0; i < labels.size(); i++) {
        body.varint(symbol(symbols, labels.name(i)));
        body.varint(symbol(symbols, labels.value(i)));
      }
    }
    ByteWriter raw = new ByteWriter(2 * body.size());
    raw.varint(symbols.size());
    symbols.keySet().forEach(raw::text);
    raw.bytes(body.array(), 0, body.size());
    if (raw.size() > MAX_BYTES) {
      return new byte[0];
    }
    var blob = new dev.sextant.storage.codec.ByteWriter(raw.size());
    Blob.encode(Slice.of(raw.toByteArray()), blob);
    return blob.toByteArray();
  }

  private static int symbol(Map<String, Integer> symbols, String text) {
    Integer next = symbols.size();
    Integer before = symbols.putIfAbsent(text, next);
    return before == null ? next : before;
  }

  /**
   * Reads a block of so many series.
   *
   * @throws dev.sextant.storage.StoreException where the bytes are damaged
   */
  static Labels[] read(byte[] block, int count, ByteReader from) {
    Slice raw;
    try {
      raw = Blob.decode(Slice.of(block), MAX_BYTES);
    } catch (CorruptDataException e) {
      throw from.damaged("the names of the series: " + e.getMessage());
    }
    ByteReader in = new ByteReader(raw.copy(), "a block of series' names");
    String[] symbols = new String[in.countOfRest("count of symbols")];
    for (int i = 0; i < symbols.length; i++) {
      symbols[i] = in.text();
    }
    Labels[] all = new Labels[count];
    for (int i = 0; i < count; i++) {
      all[i] = MetricsBatchReader.labels(in, symbols);
    }
    in.checkEnd();
    return all;
  }
}
