package dev.sextant.traceql;

import java.util.HexFormat;

/**
 * Where a page of a search ended: at the trace with this start and id. Nothing is held open for it,
 * and it never expires.
 *
 * @param startNanos since the epoch
 * @param found matches up to and with that trace
 */
public record PageToken(long startNanos, long traceHigh, long traceLow, long found) {

  /** For a URL; {@link #parse} reads it back. */
  public String text() {
    HexFormat hex = HexFormat.of();
    return startNanos + "." + hex.toHexDigits(traceHigh) + hex.toHexDigits(traceLow) + "." + found;
  }

  /**
   * @throws TraceQlException.BadData where it is no token
   */
  public static PageToken parse(String text) {
    String[] parts = text.split("\\.", -1);
    try {
      if (parts.length == 3 && parts[1].length() == 32) {
        long high = HexFormat.fromHexDigitsToLong(parts[1], 0, 16);
        long low = HexFormat.fromHexDigitsToLong(parts[1], 16, 32);
        long found = Long.parseLong(parts[2]);
        if (found >= 0) {
          return new PageToken(Long.parseLong(parts[0]), high, low, found);
        }
      }
    } catch (IllegalArgumentException e) {
      // Falls through to the one error there is.
    }
    throw new TraceQlException.BadData("invalid page token: " + text);
  }
}
