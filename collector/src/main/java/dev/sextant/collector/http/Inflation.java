package dev.sextant.collector.http;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdException;
import dev.sextant.collector.receive.Outcome;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import org.jspecify.annotations.Nullable;
import org.xerial.snappy.Snappy;

/**
 * Decompresses a body into a {@link BoundedBuffer}. The bound holds while inflating, so a bomb
 * costs at most the limit; sizes that a body claims of itself are checked before they are believed.
 */
final class Inflation {
  /** Snappy's longest copy makes 64 bytes of 3. */
  private static final int SNAPPY_RATIO = 22;

  private Inflation() {}

  /** Null where {@code out} holds the whole body, else why not. */
  static @Nullable Outcome inflate(Coding coding, ByteBuffer in, BoundedBuffer out) {
    byte[] bytes = in.array();
    int offset = in.arrayOffset() + in.position();
    int length = in.remaining();
    try {
      return switch (coding) {
        case IDENTITY -> out.append(bytes, offset, length);
        case GZIP -> copy(new GZIPInputStream(source(bytes, offset, length)), out);
        case DEFLATE -> deflate(bytes, offset, length, out);
        case ZSTD -> zstd(bytes, offset, length, out);
        case SNAPPY -> snappy(bytes, offset, length, out);
      };
    } catch (IOException e) {
      return broken(coding, e.getMessage() == null ? e.toString() : e.getMessage());
    }
  }

  private static Outcome broken(Coding coding, String why) {
    return new Outcome.Invalid(
        "the body is not valid " + coding.name().toLowerCase(Locale.ROOT) + ": " + why);
  }

  private static InputStream source(byte[] bytes, int offset, int length) {
    return new ByteArrayInputStream(bytes, offset, length);
  }

  private static @Nullable Outcome copy(InputStream from, BoundedBuffer out) throws IOException {
    try (from) {
      byte[] chunk = new byte[8192];
      for (int n; (n = from.read(chunk)) >= 0; ) {
        Outcome refusal = out.append(chunk, 0, n);
        if (refusal != null) {
          return refusal;
        }
      }
      return null;
    }
  }

  private static @Nullable Outcome deflate(byte[] bytes, int offset, int length, BoundedBuffer out)
      throws IOException {
    boolean zlib =
        length >= 2
            && (bytes[offset] & 0x0f) == 8
            && (((bytes[offset] & 0xff) << 8) | (bytes[offset + 1] & 0xff)) % 31 == 0;
    Inflater inflater = new Inflater(!zlib);
    try {
      return copy(new InflaterInputStream(source(bytes, offset, length), inflater), out);
    } finally {
      inflater.end();
    }
  }

  /**
   * Decodes straight into the buffer, which grows until the frame fits: no window is allocated,
   * whatever size the frame claims.
   */
  private static @Nullable Outcome zstd(byte[] bytes, int offset, int length, BoundedBuffer out) {
    for (long room = Math.max(8192, 4L * length); ; room = 4L * out.array().length) {
      Outcome refusal = out.ensure(Math.min(room, out.limit()));
      if (refusal != null) {
        return refusal;
      }
      byte[] to = out.array();
      try {
        out.resize((int) Zstd.decompressByteArray(to, 0, to.length, bytes, offset, length));
        return null;
      } catch (ZstdException e) {
        if (e.getErrorCode() != Zstd.errDstSizeTooSmall()) {
          return broken(Coding.ZSTD, String.valueOf(e.getMessage()));
        }
      }
      if (to.length >= out.limit()) {
        return out.tooLarge();
      }
    }
  }

  private static @Nullable Outcome snappy(byte[] bytes, int offset, int length, BoundedBuffer out)
      throws IOException {
    long claimed = Snappy.uncompressedLength(bytes, offset, length);
    if (claimed < 0 || claimed > (long) length * SNAPPY_RATIO) {
      return broken(
          Coding.SNAPPY,
          length + " bytes claim to be " + (claimed & 0xffff_ffffL) + " uncompressed");
    }
    Outcome refusal = out.ensure(claimed);
    if (refusal == null) {
      out.resize(Snappy.uncompress(bytes, offset, length, out.array(), 0));
    }
    return refusal;
  }
}
