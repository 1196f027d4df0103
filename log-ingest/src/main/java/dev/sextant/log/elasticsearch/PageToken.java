package dev.sextant.log.elasticsearch;

import co.elastic.clients.elasticsearch._types.FieldValue;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/** The last line of a page. Holds nothing in the cluster, so it never expires. */
record PageToken(long timeNanos, long row, String journal) {
  static PageToken parse(String token) {
    try {
      String text = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
      String[] parts = text.split(",", 3);
      if (parts.length == 3) {
        return new PageToken(Long.parseLong(parts[0]), Long.parseLong(parts[1]), parts[2]);
      }
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("not a page token of a log search: '" + token + "'", e);
    }
    throw new IllegalArgumentException("not a page token of a log search: '" + token + "'");
  }

  /** Of a line's sort values. */
  static PageToken of(List<FieldValue> sort) {
    return new PageToken(
        sort.get(0).longValue(), sort.get(1).longValue(), sort.get(2).stringValue());
  }

  List<FieldValue> searchAfter() {
    return List.of(FieldValue.of(timeNanos), FieldValue.of(row), FieldValue.of(journal));
  }

  @Override
  public String toString() {
    String text = timeNanos + "," + row + "," + journal;
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
