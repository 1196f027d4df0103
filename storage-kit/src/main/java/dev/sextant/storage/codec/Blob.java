package dev.sextant.storage.codec;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdException;
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
    if (raw.length() >= WORTH_TRYING) {
      byte[] source = raw.from() == 0 ? raw.bytes() : raw.copy();
      byte[] packed = new byte[(int) Zstd.compressBound(raw.length())];
      long length =
          Zstd.compressByteArray(packed, 0, packed.length, source, 0, raw.length(), LEVEL);
      if (!Zstd.isError(length) && length < raw.length()) {
        out.put(ZSTD);
        out.putVarint(raw.length());
        out.put(packed, 0, (int) length);
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
      case ZSTD -> unpack(rest, length);
      default -> throw new CorruptDataException("unknown form of compression " + form);
    };
  }

  private static Slice unpack(Slice packed, int length) {
    byte[] raw = new byte[length];
    try {
      long written =
          Zstd.decompressByteArray(raw, 0, length, packed.bytes(), packed.from(), packed.length());
      if (written != length) {
        throw new CorruptDataException(
            "zstd gave %d bytes instead of %d".formatted(written, length));
      }
    } catch (ZstdException e) {
      throw new CorruptDataException("zstd: " + e.getMessage());
    }
    return Slice.of(raw);
  }
}
