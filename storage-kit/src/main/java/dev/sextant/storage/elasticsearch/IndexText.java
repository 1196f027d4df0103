package dev.sextant.storage.elasticsearch;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Texts as the index takes them. Lucene refuses terms above 32,766 bytes and a {@code flattened}
 * field keys with a NUL, so a long text is cut and ends in its SHA-256: equal texts stay equal,
 * different ones different, and order holds for the first 960 characters. The document keeps the
 * whole text beside it.
 */
public final class IndexText {
  private static final int VALUE = 1_024;
  private static final int KEY = 256;
  private static final int DIGEST = 64;

  private IndexText() {}

  public static String value(String text) {
    return cut(text, VALUE);
  }

  /** Of an attribute. */
  public static String key(String key) {
    return cut(key.replace('\0', '\uFFFD'), KEY);
  }

  private static String cut(String text, int limit) {
    if (text.length() <= limit) {
      return text;
    }
    int end = limit - DIGEST;
    if (Character.isHighSurrogate(text.charAt(end - 1))) {
      end--;
    }
    return text.substring(0, end) + digest(text);
  }

  private static String digest(String text) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
