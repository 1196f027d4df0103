package dev.sextant.storage.codec;

import dev.sextant.storage.otlp.Slice;

/**
 * A column of byte strings: distinct entries and for each value the number of its entry, or, where
 * few repeat, the values themselves. Number of entries (varint) · form (byte: 0 codes, 1 the values
 * are the entries in their order) · codes as a sized {@link LongVector}, empty for form 1 and for a
 * single entry · entries, see {@link EntryLayout}. Entries can be read without codes.
 */
public final class TextVector {
  private static final int CODES = 0;
  private static final int SEQUENCE = 1;

  private final int count;
  private final int size;
  private final int form;
  private final Slice codes;
  private final Slice entries;
  private final int maxBytes;

  private TextVector(Slice encoded, int count, int maxBytes) {
    ByteSource in = new ByteSource(encoded);
    this.count = count;
    this.size = in.getCount(count);
    this.form = in.get();
    this.codes = in.getSized();
    this.entries = in.getSlice(in.remaining());
    this.maxBytes = maxBytes;
    boolean fits = form == CODES ? size > 0 || count == 0 : form == SEQUENCE && size == count;
    if (!fits) {
      throw new CorruptDataException(
          "a column of texts has form %d with %d entries for %d values"
              .formatted(form, size, count));
    }
  }

  /**
   * Looks at a column's head.
   *
   * @param count how many values it has
   * @param maxBytes entries that are longer together are refused before they are allocated
   * @throws CorruptDataException as the other methods do, where the bytes are no such column
   */
  public static TextVector of(Slice encoded, int count, int maxBytes) {
    return new TextVector(encoded, count, maxBytes);
  }

  /** How many entries there are. */
  public int entryCount() {
    return size;
  }

  /** Whether each value is an entry of its own. */
  public boolean isSequence() {
    return form == SEQUENCE;
  }

  public Texts entries() {
    return EntryLayout.decode(new ByteSource(entries), size, maxBytes);
  }

  /** The number of each value's entry. */
  public int[] codes() {
    if (form == SEQUENCE) {
      int[] identity = new int[count];
      for (int i = 0; i < count; i++) {
        identity[i] = i;
      }
      return identity;
    }
    return size <= 1 ? new int[count] : LongVector.decodeInts(codes, count, size - 1);
  }

  /**
   * Appends values.
   *
   * @param values the number of each value's text; each text is some value's
   */
  public static void encode(int[] values, int count, Texts texts, Effort effort, ByteWriter out) {
    boolean sequence = texts.size() > 1 && texts.size() > count / 4 * 3;
    Texts entries = sequence ? inOrder(values, count, texts) : texts;
    out.putVarint(entries.size());
    out.put(sequence ? SEQUENCE : CODES);
    ByteWriter packed = new ByteWriter(sequence ? 0 : 64 + count);
    if (!sequence && entries.size() > 1) {
      LongVector.encode(values, count, effort, packed);
    }
    out.putSized(new Slice(packed.array(), 0, packed.length()));
    EntryLayout.encode(entries, effort, out);
  }

  private static Texts inOrder(int[] values, int count, Texts texts) {
    ByteWriter bytes = new ByteWriter(texts.totalLength());
    int[] ends = new int[count];
    for (int i = 0; i < count; i++) {
      bytes.put(texts.bytes(), texts.from(values[i]), texts.to(values[i]));
      ends[i] = bytes.length();
    }
    return new Texts(bytes.array(), ends, 0, count);
  }
}
