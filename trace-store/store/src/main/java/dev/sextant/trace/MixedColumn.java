package dev.sextant.trace;

import dev.sextant.storage.codec.Texts;
import dev.sextant.storage.otlp.Attributes;
import dev.sextant.storage.otlp.OtlpDecoder;
import dev.sextant.storage.otlp.OtlpLimits;
import dev.sextant.storage.otlp.ProtoReader;
import dev.sextant.storage.otlp.ProtoWriter;
import dev.sextant.storage.otlp.Slice;
import dev.sextant.storage.table.Shapes;
import dev.sextant.storage.table.StoredTable;
import dev.sextant.storage.table.TextValues;
import dev.sextant.storage.table.ValueType;
import dev.sextant.trace.model.SpanColumn;
import dev.sextant.trace.model.SpanValue;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An attribute whose values lie in several columns, or are not all values that count. For each row
 * the first one that is set.
 */
final class MixedColumn {
  private final StoredTable table;
  private final byte[] key;

  /** By number of the table's column, those that may hold a value; null for others. */
  private final @Nullable Source[] sources;

  private final List<SpanValue> dictionary = new ArrayList<>();
  private final Map<SpanValue, Integer> places = new HashMap<>();

  @SuppressWarnings("ArrayRecordComponent")
  record Codes(List<SpanValue> dictionary, int[] codes) implements SpanColumn.Coded {}

  /** A column that is walked along. */
  private interface Source {
    /** The next value's place in the dictionary, or -1 where it does not count. */
    int next();
  }

  private MixedColumn(StoredTable table, byte[] key) {
    this.table = table;
    this.key = key;
    this.sources = new Source[table.columns()];
  }

  /**
   * @param columns of the key
   * @param rest the column of attributes without one of their own, or -1
   */
  static SpanColumn of(StoredTable table, int[] columns, int rest, byte[] key) {
    MixedColumn mixed = new MixedColumn(table, key);
    for (int column : columns) {
      mixed.sources[column] = mixed.source(column);
    }
    if (rest >= 0) {
      mixed.sources[rest] = mixed.source(rest);
    }
    int[] codes = mixed.codes();
    return mixed.dictionary.isEmpty() ? SpanColumn.ABSENT : new Codes(mixed.dictionary, codes);
  }

  private Source source(int column) {
    ValueType type = table.key(column).type();
    if (type.isNumber()) {
      long[] numbers = table.numbers(column);
      int[] at = {0};
      return () -> place(number(type, numbers[at[0]++]));
    }
    TextValues texts = table.texts(column);
    Texts entries = texts.entries();
    int[] codes = texts.codes();
    int[] ofEntries = new int[entries.size()];
    for (int i = 0; i < ofEntries.length; i++) {
      SpanValue value = value(type, entries.get(i));
      ofEntries[i] = value == null ? -1 : place(value);
    }
    int[] at = {0};
    return () -> ofEntries[codes[at[0]++]];
  }

  private static SpanValue number(ValueType type, long bits) {
    return switch (type) {
      case BOOL -> SpanValue.of(bits != 0);
      case DECIMAL -> SpanValue.of(Double.longBitsToDouble(bits));
      default -> SpanValue.of(bits);
    };
  }

  private @Nullable SpanValue value(ValueType type, Slice entry) {
    return switch (type) {
      case VALUE -> anyValue(entry);
      case PAIR, REST -> ofPair(entry);
      default -> SpanValue.of(entry.text());
    };
  }

  private static @Nullable SpanValue anyValue(Slice message) {
    return SpanValues.of(OtlpDecoder.value(fieldOf(message)));
  }

  private @Nullable SpanValue ofPair(Slice message) {
    Attributes.Entry entry = pair(message);
    byte[] own = entry.key().getBytes(StandardCharsets.UTF_8);
    return Arrays.equals(own, key) ? SpanValues.of(entry.value()) : null;
  }

  /** Decodes a {@code KeyValue} message. */
  static Attributes.Entry pair(Slice message) {
    return OtlpDecoder.keyValue(fieldOf(message));
  }

  private static ProtoReader fieldOf(Slice message) {
    ProtoWriter field = new ProtoWriter();
    field.delimited(1, message);
    ProtoReader reader = new ProtoReader(field.written(), OtlpLimits.STORED);
    reader.next();
    return reader;
  }

  private int place(SpanValue value) {
    Integer known = places.putIfAbsent(value, dictionary.size());
    if (known != null) {
      return known;
    }
    dictionary.add(value);
    return dictionary.size() - 1;
  }

  private int[] codes() {
    Shapes shapes = table.shapes();
    int[] codes = new int[table.rows()];
    for (int row = 0; row < codes.length; row++) {
      int code = -1;
      for (int column : shapes.columns().get(shapes.codes()[row])) {
        Source source = sources[column];
        if (source != null) {
          int next = source.next();
          code = code < 0 ? next : code;
        }
      }
      codes[row] = code;
    }
    return codes;
  }
}
