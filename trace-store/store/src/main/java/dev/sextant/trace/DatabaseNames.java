package dev.sextant.trace;

import dev.sextant.storage.otlp.MalformedOtlpException;
import dev.sextant.storage.otlp.ProtoReader;
import dev.sextant.storage.otlp.Slice;
import dev.sextant.trace.model.DatabaseSystems;
import dev.sextant.trace.model.SpanColumn;
import dev.sextant.trace.model.SpanField;
import dev.sextant.trace.model.SpanValue;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Whether spans name a database or a cache: one of {@link DatabaseSystems#KEYS} as a text. */
final class DatabaseNames {
  private static final int ATTRIBUTES = 9;
  private static final List<SpanField> FIELDS =
      DatabaseSystems.KEYS.stream().map(SpanField::span).toList();
  private static final List<Slice> KEYS =
      DatabaseSystems.KEYS.stream()
          .map(key -> Slice.of(key.getBytes(StandardCharsets.UTF_8)))
          .toList();

  private DatabaseNames() {}

  /** Told by a block's columns, which are read whole. */
  static boolean in(SpanBlock block, int row) {
    for (SpanField field : FIELDS) {
      if (SpanColumn.value(block.column(field), row) instanceof SpanValue.Text(String text)
          && !text.isEmpty()) {
        return true;
      }
    }
    return false;
  }

  /**
   * Told by one span's payload, of which nothing else is decoded.
   *
   * @throws MalformedOtlpException where it cannot be read
   */
  static boolean in(ProtoReader payload) {
    int seen = 0;
    while (payload.next()) {
      if (payload.field() != ATTRIBUTES) {
        payload.skip();
        continue;
      }
      int outer = payload.enter();
      int key = -1;
      boolean named = false;
      while (payload.next()) {
        switch (payload.field()) {
          case 1 -> key = KEYS.indexOf(payload.slice());
          case 2 -> named = isText(payload);
          default -> payload.skip();
        }
      }
      payload.leave(outer);
      // Of a key that was sent twice the first counts.
      if (key >= 0 && (seen & 1 << key) == 0) {
        if (named) {
          return true;
        }
        seen |= 1 << key;
      }
    }
    return false;
  }

  /** Whether the value that a reader stands on is a text with something in it. */
  private static boolean isText(ProtoReader payload) {
    boolean text = false;
    int outer = payload.enter();
    while (payload.next()) {
      if (payload.field() == 1) {
        payload.delimited();
        text = payload.to() > payload.from();
      } else {
        payload.skip();
        text = false;
      }
    }
    payload.leave(outer);
    return text;
  }
}
