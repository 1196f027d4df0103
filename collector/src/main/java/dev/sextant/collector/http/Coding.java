package dev.sextant.collector.http;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How a body is compressed. */
public enum Coding {
  IDENTITY,
  GZIP,
  /** zlib, or raw deflate as some clients send it. */
  DEFLATE,
  ZSTD,
  /** Snappy's block format, which Prometheus' remote write uses. */
  SNAPPY;

  /**
   * The coding that a {@code Content-Encoding} or {@code grpc-encoding} names; absent and empty
   * mean identity. Null for any other, several in a row included.
   */
  public static @Nullable Coding of(@Nullable String header) {
    if (header == null) {
      return IDENTITY;
    }
    return switch (header.trim().toLowerCase(Locale.ROOT)) {
      case "", "identity" -> IDENTITY;
      case "gzip", "x-gzip" -> GZIP;
      case "deflate" -> DEFLATE;
      case "zstd" -> ZSTD;
      case "snappy" -> SNAPPY;
      default -> null;
    };
  }
}
