package dev.sextant.storage.codec;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;
import java.util.Arrays;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Compression with contexts that are used again: making one takes ten microseconds, as long as
 * packing four kilobytes. Thread-safe; as many contexts are kept as processors can use.
 */
final class Zstandard {
  private static final Contexts<ZstdCompressCtx> PACKERS = new Contexts<>(ZstdCompressCtx::new);
  private static final Contexts<ZstdDecompressCtx> UNPACKERS =
      new Contexts<>(ZstdDecompressCtx::new);

  private Zstandard() {}

  private static final class Contexts<C extends AutoCloseable> {
    private final ArrayBlockingQueue<C> idle =
        new ArrayBlockingQueue<>(2 * Runtime.getRuntime().availableProcessors());
    private final Supplier<C> maker;

    Contexts(Supplier<C> maker) {
      this.maker = maker;
    }

    C take() {
      C known = idle.poll();
      return known != null ? known : maker.get();
    }

    void giveBack(C context) {
      if (!idle.offer(context)) {
        close(context);
      }
    }

    private static void close(AutoCloseable context) {
      try {
        context.close();
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }
  }

  /** What compression makes of bytes, or null where that is not shorter than {@code worth}. */
  static byte @Nullable [] pack(byte[] bytes, int from, int length, int level, int worth) {
    byte[] packed = new byte[(int) Zstd.compressBound(length)];
    ZstdCompressCtx context = PACKERS.take();
    try {
      context.setLevel(level);
      int size = context.compressByteArray(packed, 0, packed.length, bytes, from, length);
      return size < worth ? Arrays.copyOf(packed, size) : null;
    } finally {
      PACKERS.giveBack(context);
    }
  }

  /**
   * The bytes that were packed.
   *
   * @throws CorruptDataException where they are not {@code length}
   */
  static byte[] unpack(byte[] bytes, int from, int packedLength, int length) {
    byte[] raw = new byte[length];
    ZstdDecompressCtx context = UNPACKERS.take();
    try {
      int written = context.decompressByteArray(raw, 0, length, bytes, from, packedLength);
      if (written != length) {
        throw new CorruptDataException(
            "zstd gave %d bytes instead of %d".formatted(written, length));
      }
      return raw;
    } catch (ZstdException e) {
      throw new CorruptDataException("zstd: " + e.getMessage());
    } finally {
      UNPACKERS.giveBack(context);
    }
  }
}
