package dev.sextant.collector.operation;

import dev.sextant.storage.codec.ByteWriter;
import dev.sextant.storage.otlp.Slice;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Spans of one request that go by another name, as numbers in one array. For one thread. */
final class RenamedSpans {
  private static final byte[] URL_ORIGINAL = "url.original".getBytes(StandardCharsets.US_ASCII);
  private static final int ROW_FIELD = 2;

  private static final int ROW_FROM = 0;
  private static final int ROW_TO = 1;

  /** The name's field in the span. */
  private static final int NAME_TAG = 2;

  private static final int NAME_TO = 3;

  /** Where the new name ends in {@link #names}; it begins where the one before ends. */
  private static final int NEW_NAME_TO = 4;

  /** The path in the old name that is added as an attribute; empty where none is. */
  private static final int RAW_FROM = 5;

  private static final int RAW_TO = 6;

  /** By how much the span's field grows, its head included. */
  private static final int GROWTH = 7;

  private static final int NUMBERS = 8;

  /** What the lengths of a scope and a group may grow by, for one span. */
  private static final int HEADS = 8;

  private final ByteWriter names = new ByteWriter(256);
  private int[] numbers = new int[8 * NUMBERS];
  private int count;
  private int growth;

  int count() {
    return count;
  }

  /** By how much the request becomes longer, at most; negative where it becomes shorter. */
  int growth() {
    return growth;
  }

  /**
   * Renames a span.
   *
   * @param raw the path as it was sent, to be kept as {@code url.original}; null to add nothing
   */
  void add(SpanFields span, byte[] name, int length, @Nullable Slice raw) {
    if (numbers.length < (count + 1) * NUMBERS) {
      numbers = Arrays.copyOf(numbers, 2 * numbers.length);
    }
    names.put(name, 0, length);
    int at = count++ * NUMBERS;
    numbers[at + ROW_FROM] = span.rowFrom();
    numbers[at + ROW_TO] = span.rowTo();
    numbers[at + NAME_TAG] = span.nameTag();
    numbers[at + NAME_TO] = span.nameTo();
    numbers[at + NEW_NAME_TO] = names.length();
    numbers[at + RAW_FROM] = raw == null ? 0 : raw.from();
    numbers[at + RAW_TO] = raw == null ? 0 : raw.to();
    int old = ProtoWire.sized(span.rowTo() - span.rowFrom());
    numbers[at + GROWTH] = ProtoWire.sized(length(count - 1)) - old;
    growth += numbers[at + GROWTH] + HEADS;
  }

  int rowFrom(int span) {
    return numbers[span * NUMBERS + ROW_FROM];
  }

  /** By how much a span's field grows; negative where it shrinks. */
  int growth(int span) {
    return numbers[span * NUMBERS + GROWTH];
  }

  private int nameLength(int span) {
    int before = span == 0 ? 0 : numbers[(span - 1) * NUMBERS + NEW_NAME_TO];
    return numbers[span * NUMBERS + NEW_NAME_TO] - before;
  }

  private int length(int span) {
    int at = span * NUMBERS;
    int kept =
        numbers[at + NAME_TAG]
            - numbers[at + ROW_FROM]
            + numbers[at + ROW_TO]
            - numbers[at + NAME_TO];
    int raw = numbers[at + RAW_TO] - numbers[at + RAW_FROM];
    return kept
        + ProtoWire.sized(nameLength(span))
        + (raw == 0 ? 0 : ProtoWire.sized(attributeLength(raw)));
  }

  private static int attributeLength(int raw) {
    return ProtoWire.sized(URL_ORIGINAL.length) + ProtoWire.sized(ProtoWire.sized(raw));
  }

  /**
   * Writes a span's field under its new name.
   *
   * @param bytes of the request
   */
  void write(int span, byte[] bytes, ByteWriter out) {
    int at = span * NUMBERS;
    int nameLength = nameLength(span);
    int nameTo = numbers[at + NEW_NAME_TO];
    ProtoWire.field(out, ROW_FIELD, length(span));
    out.put(bytes, numbers[at + ROW_FROM], numbers[at + NAME_TAG]);
    ProtoWire.field(out, SpanFields.NAME_FIELD, nameLength);
    out.put(names.array(), nameTo - nameLength, nameTo);
    out.put(bytes, numbers[at + NAME_TO], numbers[at + ROW_TO]);
    if (numbers[at + RAW_TO] > numbers[at + RAW_FROM]) {
      writeAttribute(bytes, numbers[at + RAW_FROM], numbers[at + RAW_TO], out);
    }
  }

  private static void writeAttribute(byte[] bytes, int from, int to, ByteWriter out) {
    ProtoWire.field(out, SpanFields.ATTRIBUTES_FIELD, attributeLength(to - from));
    ProtoWire.field(out, 1, URL_ORIGINAL.length);
    out.put(URL_ORIGINAL, 0, URL_ORIGINAL.length);
    ProtoWire.field(out, 2, ProtoWire.sized(to - from));
    ProtoWire.field(out, 1, to - from);
    out.put(bytes, from, to);
  }
}
