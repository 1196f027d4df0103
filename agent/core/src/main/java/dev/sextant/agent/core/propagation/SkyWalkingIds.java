package dev.sextant.agent.core.propagation;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.jspecify.annotations.Nullable;

/**
 * Between SkyWalking's ids, which are texts of any length, and ours. Whoever stores what
 * SkyWalking's agents report has to do the same, or traces fall apart where the two meet:
 *
 * <ul>
 *   <li>a trace id of 32 hex digits, not all 0, is ours; any other stands for the first 16 bytes of
 *       the SHA-256 of its UTF-8;
 *   <li>span 0 of the segment {@code otel.} with 16 hex digits, not all 0, is the span of that id:
 *       so are ours called where SkyWalking's agents read of them; any other span stands for the
 *       first 8 bytes of the SHA-256 of {@code segment id/span number}.
 * </ul>
 */
final class SkyWalkingIds {
  /** What our segments are called by, followed by a span id. */
  private static final String OWN_SEGMENT = "otel.";

  private SkyWalkingIds() {}

  /** Whether a trace id is taken as it is, but for its case. */
  static boolean isOwnTrace(String trace) {
    return trace.length() == 32 && isId(trace);
  }

  /** 32 lower-case hex digits. */
  static String trace(String trace) {
    return isOwnTrace(trace) ? lowerCase(trace) : digest(trace, 16);
  }

  /** 16 lower-case hex digits. */
  static String span(String segment, int number) {
    String own = number == 0 ? ownSpan(segment) : null;
    if (own != null) {
      return own;
    }
    String id = digest(segment + "/" + number, 8);
    return isId(id) ? id : "0000000000000001";
  }

  /** The segment whose span 0 is the span of an id. */
  static String segment(String span) {
    return OWN_SEGMENT + span;
  }

  private static @Nullable String ownSpan(String segment) {
    if (segment.length() != OWN_SEGMENT.length() + 16 || !segment.startsWith(OWN_SEGMENT)) {
      return null;
    }
    String id = segment.substring(OWN_SEGMENT.length());
    return isId(id) ? lowerCase(id) : null;
  }

  private static boolean isId(String text) {
    boolean isZero = true;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!(c >= '0' && c <= '9' || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F')) {
        return false;
      }
      isZero &= c == '0';
    }
    return !isZero;
  }

  private static String lowerCase(String hex) {
    return hex.toLowerCase(java.util.Locale.ROOT);
  }

  private static String digest(String text, int bytes) {
    byte[] digest;
    try {
      digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
    StringBuilder hex = new StringBuilder(2 * bytes);
    for (int i = 0; i < bytes; i++) {
      hex.append(Character.forDigit(digest[i] >> 4 & 15, 16));
      hex.append(Character.forDigit(digest[i] & 15, 16));
    }
    return hex.toString();
  }
}
