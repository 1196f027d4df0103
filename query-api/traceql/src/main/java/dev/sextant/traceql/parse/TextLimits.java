package dev.sextant.traceql.parse;

/**
 * How much the text of one query may hold. An error about a limit names the setting that raises it.
 *
 * @param maxBytes of UTF-8; {@code traces.query.max-query-bytes}
 * @param maxRegexInstructions to which its regular expressions compile together; {@code
 *     traces.query.max-regex-instructions}
 */
public record TextLimits(int maxBytes, int maxRegexInstructions) {
  /** What is bounded where nothing is configured. */
  public static final TextLimits DEFAULT = new TextLimits(128 << 10, 20_000);

  public TextLimits withMaxBytes(int value) {
    return new TextLimits(value, maxRegexInstructions);
  }

  public TextLimits withMaxRegexInstructions(int value) {
    return new TextLimits(maxBytes, value);
  }
}
