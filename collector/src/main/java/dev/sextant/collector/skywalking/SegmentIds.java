package dev.sextant.collector.skywalking;

import dev.sextant.storage.otlp.TraceId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Makes OTLP's ids of SkyWalking's, which are texts of any length. Who knows one can compute the
 * other; tracers that read and write the header {@code sw8} for spans of their own do:
 *
 * <ul>
 *   <li>a trace id of 32 hex digits, not all 0, is those 16 bytes; any other is the first 16 bytes
 *       of the SHA-256 of its UTF-8;
 *   <li>span 0 of the segment {@code otel.} with 16 hex digits, not all 0, is the span of those 8
 *       bytes, which was no segment's: so another tracer calls its span in {@code sw8};
 *   <li>any other span id is the first 8 bytes of the SHA-256 of {@code segment id/span number}.
 * </ul>
 *
 * For one thread.
 */
final class SegmentIds {
  private static final String OTHER_TRACER = "otel.";

  private final MessageDigest sha256;

  SegmentIds() {
    try {
      sha256 = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** Whether a trace id is taken as it is. */
  static boolean isOtlp(String trace) {
    return trace.length() == 32 && isId(trace);
  }

  private static boolean isId(String hex) {
    return hex.chars().allMatch(HexFormat::isHexDigit)
        && hex.chars().anyMatch(digit -> digit != '0');
  }

  TraceId trace(String trace) {
    if (isOtlp(trace)) {
      return new TraceId(
          HexFormat.fromHexDigitsToLong(trace, 0, 16),
          HexFormat.fromHexDigitsToLong(trace, 16, 32));
    }
    ByteBuffer digest = digest(trace);
    return new TraceId(digest.getLong(), digest.getLong());
  }

  /** Never 0, which would be no id. */
  long span(String segment, int number) {
    if (number == 0 && segment.startsWith(OTHER_TRACER)) {
      String id = segment.substring(OTHER_TRACER.length());
      if (id.length() == 16 && isId(id)) {
        return HexFormat.fromHexDigitsToLong(id);
      }
    }
    long id = digest(segment + "/" + number).getLong();
    return id == 0 ? 1 : id;
  }

  private ByteBuffer digest(String text) {
    return ByteBuffer.wrap(sha256.digest(text.getBytes(StandardCharsets.UTF_8)));
  }
}
