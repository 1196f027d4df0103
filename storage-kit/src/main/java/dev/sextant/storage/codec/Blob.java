package dev.sextant.storage.codec;

import dev.sextant.storage.otlp.Slice;

/**
 * Bytes that are compressed where it helps: one byte for the form ({@code 0} plain, {@code 1}
 * zstd), the length before compression as a varint, the bytes.
 */
public final class Blob {
  private static final int PLAIN = 0;
  private static final int ZSTD = 1;
  private static final int LEVEL = 3;
  private static final int WORTH_TRYING = 64;

  private Blob() {}

  public static void encode(Slice raw, ByteWriter out) {
    encode(raw, LEVEL, out);
  }

  /**
   * @param level of zstd, 1 to 19
   */
  static void encode(Slice raw, int level, ByteWriter out) {
    if (raw.length() >= WORTH_TRYING) {
      byte[] packed = Zstandard.pack(raw.bytes(), raw.from(), raw.length(), level, raw.length());
      if (packed != null) {
        out.put(ZSTD);
        out.putVarint(raw.length());
        out.put(packed, 0, packed.length);
        return;
      }
    }
    out.put(PLAIN);
    out.putSized(raw);
  }

  /**
   * Reads what {@link #encode} wrote.
   *
   * @param maxLength more bytes than this after decompression are refused before they are allocated
   */
  public static Slice decode(Slice encoded, int maxLength) {
    ByteSource in = new ByteSource(encoded);
    int form = in.get();
    int length = in.getCount(maxLength);
    Slice rest = in.getSlice(in.remaining());
    return switch (form) {
      case PLAIN -> {
        if (rest.length() != length) {
          throw new CorruptDataException(
              "%d plain bytes instead of %d".formatted(rest.length(), length));
        }
        yield rest;
      }
      case ZSTD -> Slice.of(Zstandard.unpack(rest.bytes(), rest.from(), rest.length(), length));
      default -> throw new CorruptDataException("unknown form of compression " + form);
    };
  }
}
