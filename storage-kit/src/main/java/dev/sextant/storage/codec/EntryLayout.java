package dev.sextant.storage.codec;

import dev.sextant.storage.otlp.Slice;

/**
 * How a list of byte strings is written. A byte for the layout, then
 *
 * <ul>
 *   <li>{@code 0} plain: {@link LongVector} of lengths, then all bytes as a {@link Blob}
 *   <li>{@code 1} hexadecimal: digits of each (varint), then half as many bytes each
 *   <li>{@code 2} UUIDs, as 8-4-4-4-12 lower-case digits: 16 bytes each
 *   <li>{@code 3} numbered: a text that all begin with (sized), digits (varint; 0 for as many as
 *       the number takes, else filled up with zeros), then a {@link LongVector} of the numbers
 * </ul>
 */
final class EntryLayout {
  static final int PLAIN = 0;
  static final int HEX = 1;
  static final int UUID = 2;
  static final int NUMBERED = 3;

  private EntryLayout() {}

  static void encode(Texts texts, Effort effort, ByteWriter out) {
    if (texts.size() > 1
        && (HexTexts.encode(texts, out) || NumberedTexts.encode(texts, effort, out))) {
      return;
    }
    out.put(PLAIN);
    long[] lengths = new long[texts.size()];
    for (int i = 0; i < lengths.length; i++) {
      lengths[i] = texts.length(i);
    }
    LongVector.encode(lengths, lengths.length, effort, out);
    int from = texts.size() == 0 ? 0 : texts.from(0);
    Slice all = new Slice(texts.bytes(), from, from + texts.totalLength());
    Blob.encode(all, effort.level, out);
  }

  static Texts decode(ByteSource in, int count, int maxBytes) {
    int layout = in.get();
    return switch (layout) {
      case PLAIN -> plain(in, count, maxBytes);
      case HEX -> HexTexts.decodeHex(in, count, maxBytes);
      case UUID -> HexTexts.decodeUuids(in, count, maxBytes);
      case NUMBERED -> NumberedTexts.decode(in, count, maxBytes);
      default -> throw new CorruptDataException("texts have the unknown layout " + layout);
    };
  }

  private static Texts plain(ByteSource in, int count, int maxBytes) {
    int[] ends = LongVector.decodeInts(in, count, maxBytes);
    Slice all = Blob.decode(in.getSlice(in.remaining()), maxBytes);
    long end = all.from();
    for (int i = 0; i < count; i++) {
      end += ends[i];
      if (end > all.to()) {
        throw new CorruptDataException("texts are longer than their bytes");
      }
      ends[i] = (int) end;
    }
    return new Texts(all.bytes(), ends, all.from(), count);
  }
}
