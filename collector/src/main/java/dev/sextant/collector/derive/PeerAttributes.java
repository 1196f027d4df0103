package dev.sextant.collector.derive;

import dev.sextant.collector.receive.KnownBytes;
import dev.sextant.storage.otlp.AttributeValue;
import dev.sextant.storage.otlp.OtlpDecoder;
import dev.sextant.storage.otlp.ProtoReader;
import dev.sextant.storage.otlp.RowCursor;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A span's {@link PeerKey attributes} that tell of whom it calls, read in one walk. Of a key that
 * stands twice the first holds. Texts that were met lately are the same objects. For one thread.
 */
final class PeerAttributes {
  private static final long KNOWN_BYTES = 1 << 20;
  private static final PeerKey[] KEYS = PeerKey.values();

  private final KnownBytes<String> texts = new KnownBytes<>(KNOWN_BYTES);
  private final KnownBytes.Probe probe = new KnownBytes.Probe();
  private final int[] from = new int[KEYS.length];
  private final int[] to = new int[KEYS.length];

  /** Of values that are no text, as people read them. */
  private final String[] others = new String[KEYS.length];

  /** A bit for each key that the span has. */
  private int seen;

  private byte[] bytes = new byte[0];

  /**
   * Reads the attributes of the span that a cursor stands on.
   *
   * @param reader within the span, before the first of them
   * @param field number of the attributes
   */
  void read(RowCursor rows, ProtoReader reader, int field) {
    seen = 0;
    bytes = reader.bytes();
    while (reader.next()) {
      if (reader.field() == field) {
        PeerKey key = attribute(reader);
        if (key != null && from[key.ordinal()] < 0) {
          others[key.ordinal()] = decoded(rows, field, key);
        }
      } else {
        reader.skip();
      }
    }
  }

  /** The key of the attribute that was noted, or null. */
  private @Nullable PeerKey attribute(ProtoReader reader) {
    int outer = reader.enter();
    PeerKey key = null;
    boolean hasValue = false;
    while (!hasValue && reader.next()) {
      if (reader.field() == 1) {
        reader.delimited();
        key = PeerKey.at(bytes, reader.from(), reader.to());
      } else if (reader.field() == 2 && key != null) {
        hasValue = true;
        if (isNew(key)) {
          value(reader, key.ordinal());
        }
      } else {
        reader.skip();
      }
    }
    reader.leave(outer);
    if (key == null || !isNew(key)) {
      return null;
    }
    seen |= 1 << key.ordinal();
    if (!hasValue) {
      set(key.ordinal(), 0, 0);
    }
    return key;
  }

  private boolean isNew(PeerKey key) {
    return (seen & 1 << key.ordinal()) == 0;
  }

  /** Notes where the text of an {@code AnyValue} lies; -1 where it is anything but one text. */
  private void value(ProtoReader reader, int key) {
    set(key, 0, 0);
    int outer = reader.enter();
    boolean first = true;
    while (reader.next()) {
      if (first && reader.field() == 1) {
        reader.delimited();
        set(key, reader.from(), reader.to());
      } else {
        reader.skip();
        set(key, -1, -1);
      }
      first = false;
    }
    reader.leave(outer);
  }

  private void set(int key, int newFrom, int newTo) {
    from[key] = newFrom;
    to[key] = newTo;
  }

  private static String decoded(RowCursor rows, int field, PeerKey key) {
    ProtoReader again = rows.reader();
    again.reset(rows.rowFrom(), rows.rowTo());
    AttributeValue value = OtlpDecoder.find(again, field, key.utf8);
    return value == null ? "" : value.asText();
  }

  /** The text of an attribute, or the empty string. */
  String first(PeerKey key) {
    return isNew(key) ? "" : text(key.ordinal());
  }

  /** The first text of some attributes that is not empty, or the empty string. */
  String first(PeerKey[] keys) {
    if (seen != 0) {
      for (PeerKey key : keys) {
        String text = first(key);
        if (!text.isEmpty()) {
          return text;
        }
      }
    }
    return "";
  }

  private String text(int key) {
    if (from[key] < 0) {
      return others[key];
    }
    if (from[key] == to[key]) {
      return "";
    }
    String known = texts.find(probe.set(bytes, from[key], to[key]));
    if (known != null) {
      return known;
    }
    String text = new String(bytes, from[key], to[key] - from[key], StandardCharsets.UTF_8);
    texts.put(probe, text, 2L * text.length());
    return text;
  }
}
