package dev.sextant.trace.elasticsearch;

import dev.sextant.storage.otlp.TraceId;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * Where a page of traces ended: they follow by their newest matching span, then by id, both
 * falling. Holds nothing in the cluster, so it never expires.
 *
 * @param startNanos of the last trace's newest matching span
 * @param total as counted for the first page
 */
record PageToken(long startNanos, TraceId traceId, long total, boolean totalExact) {
  static PageToken parse(String token) {
    try {
      String text = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.US_ASCII);
      String[] parts = text.split(",", -1);
      if (parts.length == 4) {
        return new PageToken(
            Long.parseLong(parts[0]),
            TraceId.parse(parts[1]),
            Long.parseLong(parts[2]),
            Boolean.parseBoolean(parts[3]));
      }
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("not a page token of a trace search: '" + token + "'", e);
    }
    throw new IllegalArgumentException("not a page token of a trace search: '" + token + "'");
  }

  @Override
  public String toString() {
    String text = startNanos + "," + traceId + "," + total + "," + totalExact;
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.US_ASCII));
  }
}
