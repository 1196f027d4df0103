package dev.sextant.collector.derive;

/**
 * Names of services, operations and whom they call as values of labels. Whoever sends spans chooses
 * them, and each tick writes all of them in one record, so they are bounded.
 */
final class LabelText {
  /** Length of a value as UTF-8, at most. */
  static final int MAX_BYTES = 256;

  private static final String CUT = "…";

  /** What is as short as this needs no counting: no UTF-16 unit takes more than 3 bytes. */
  private static final int SHORT = MAX_BYTES / 3;

  private LabelText() {}

  /** The text, or its beginning and an ellipsis where it is too long. */
  static String of(String text) {
    if (text.length() <= SHORT) {
      return text;
    }
    int bytes = 0;
    int kept = 0;
    for (int at = 0; at < text.length(); ) {
      int point = text.codePointAt(at);
      bytes += point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
      at += Character.charCount(point);
      if (bytes > MAX_BYTES) {
        return text.substring(0, kept) + CUT;
      }
      if (bytes <= MAX_BYTES - 3) {
        kept = at;
      }
    }
    return text;
  }
}
