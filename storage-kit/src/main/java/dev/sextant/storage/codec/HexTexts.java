package dev.sextant.storage.codec;

import dev.sextant.storage.otlp.Slice;

/** Lists of texts of one length that are lower-case hexadecimal digits, or UUIDs. */
final class HexTexts {
  private static final int UUID_LENGTH = 36;
  private static final byte[] DIGITS = {
    '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'
  };

  /** Shorter ones gain nothing over compression worth a layout of their own. */
  private static final int SHORTEST = 8;

  private HexTexts() {}

  /** False, and nothing is written, where some text is of another kind. */
  static boolean encode(Texts texts, ByteWriter out) {
    int length = texts.length(0);
    boolean uuid = length == UUID_LENGTH && texts.bytes()[texts.from(0) + 8] == '-';
    if (length < SHORTEST || length % 2 != 0) {
      return false;
    }
    for (int i = 0; i < texts.size(); i++) {
      if (texts.length(i) != length || !isHex(texts, i, uuid)) {
        return false;
      }
    }
    out.put(uuid ? EntryLayout.UUID : EntryLayout.HEX);
    if (!uuid) {
      out.putVarint(length);
    }
    for (int i = 0; i < texts.size(); i++) {
      write(texts, i, out);
    }
    return true;
  }

  private static boolean isDash(int place) {
    return place == 8 || place == 13 || place == 18 || place == 23;
  }

  private static boolean isHex(Texts texts, int index, boolean uuid) {
    int from = texts.from(index);
    for (int i = 0; i < texts.length(index); i++) {
      byte b = texts.bytes()[from + i];
      boolean fits = uuid && isDash(i) ? b == '-' : digit(b) >= 0;
      if (!fits) {
        return false;
      }
    }
    return true;
  }

  private static int digit(byte b) {
    if (b >= '0' && b <= '9') {
      return b - '0';
    }
    return b >= 'a' && b <= 'f' ? b - 'a' + 10 : -1;
  }

  private static void write(Texts texts, int index, ByteWriter out) {
    int high = -1;
    for (int i = texts.from(index); i < texts.to(index); i++) {
      int digit = digit(texts.bytes()[i]);
      if (digit < 0) {
        continue;
      }
      if (high < 0) {
        high = digit;
      } else {
        out.put(high << 4 | digit);
        high = -1;
      }
    }
  }

  static Texts decodeHex(ByteSource in, int count, int maxBytes) {
    int length = in.getCount(maxBytes);
    if (length % 2 != 0) {
      throw new CorruptDataException("hexadecimal texts of " + length + " digits");
    }
    return decode(in, count, length, maxBytes, false);
  }

  static Texts decodeUuids(ByteSource in, int count, int maxBytes) {
    return decode(in, count, UUID_LENGTH, maxBytes, true);
  }

  private static Texts decode(ByteSource in, int count, int length, int maxBytes, boolean uuid) {
    int packedLength = uuid ? 16 : length / 2;
    if ((long) count * length > maxBytes) {
      throw new CorruptDataException("texts are longer than " + maxBytes + " bytes together");
    }
    Slice packed = in.getSlice(Math.multiplyExact(count, packedLength));
    byte[] bytes = new byte[count * length];
    int[] ends = new int[count];
    int from = packed.from();
    int at = 0;
    for (int i = 0; i < count; i++) {
      for (int j = 0; j < packedLength; j++) {
        if (uuid && isDash(at - i * length)) {
          bytes[at++] = '-';
        }
        int b = packed.bytes()[from++];
        bytes[at++] = DIGITS[b >> 4 & 15];
        bytes[at++] = DIGITS[b & 15];
      }
      ends[i] = at;
    }
    return new Texts(bytes, ends, 0, count);
  }
}
