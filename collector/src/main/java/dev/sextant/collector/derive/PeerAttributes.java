package dev.sextant.collector.derive;

import dev.sextant.collector.receive.KnownBytes;
import dev.sextant.storage.otlp.AttributeValue;
import dev.sextant.storage.otlp.OtlpDecoder;
import dev.sextant.storage.otlp.ProtoReader;
import dev.sextant.storage.otlp.RowCursor;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What a span's attributes say of whom it calls, read in one walk. Of a key that stands twice the
 * first holds. Texts that were met lately are the same objects. For one thread.
 */
final class PeerAttributes {
  private static final long KNOWN_BYTES = 1 << 20;
  private static final Key[] KEYS = Key.values();
  private static final int LONGEST = 32;
  private static final Key[][] BY_LENGTH = byLength();

  private static final Key[] DATABASE = {
    Key.DB_SYSTEM_NAME, Key.DB_SYSTEM, Key.DB_NAMESPACE, Key.DB_NAME
  };
  private static final Key[] DATABASE_NAME = {
    Key.PEER_SERVICE,
    Key.DB_NAMESPACE,
    Key.DB_NAME,
    Key.SERVER_ADDRESS,
    Key.NET_PEER_NAME,
    Key.DB_SYSTEM_NAME,
    Key.DB_SYSTEM
  };
  private static final Key[] HOST = {
    Key.PEER_SERVICE, Key.SERVER_ADDRESS, Key.NET_PEER_NAME, Key.NET_PEER_IP
  };
  private static final Key[] QUEUE = {Key.MESSAGING_DESTINATION_NAME, Key.MESSAGING_DESTINATION};
  private static final Key[] DESTINATION = {
    Key.MESSAGING_DESTINATION_NAME,
    Key.MESSAGING_DESTINATION,
    Key.MESSAGING_SYSTEM,
    Key.SERVER_ADDRESS
  };

  private final KnownBytes<String> texts = new KnownBytes<>(KNOWN_BYTES);
  private final KnownBytes.Probe probe = new KnownBytes.Probe();
  private final int[] from = new int[KEYS.length];
  private final int[] to = new int[KEYS.length];

  /** Of values that are no text, as people read them. */
  private final String[] others = new String[KEYS.length];

  /** A bit for each key that the span has. */
  private int seen;

  private byte[] bytes = new byte[0];

  private enum Key {
    DB_SYSTEM_NAME("db.system.name"),
    DB_SYSTEM("db.system"),
    DB_NAMESPACE("db.namespace"),
    DB_NAME("db.name"),
    SERVER_ADDRESS("server.address"),
    NET_PEER_NAME("net.peer.name"),
    NET_PEER_IP("net.peer.ip"),
    PEER_SERVICE("peer.service"),
    MESSAGING_DESTINATION_NAME("messaging.destination.name"),
    MESSAGING_DESTINATION("messaging.destination"),
    MESSAGING_SYSTEM("messaging.system");

    private final byte[] utf8;

    Key(String name) {
      utf8 = name.getBytes(StandardCharsets.US_ASCII);
    }
  }

  private static Key[][] byLength() {
    Key[][] keys = new Key[LONGEST][];
    for (int length = 0; length < LONGEST; length++) {
      int wanted = length;
      keys[length] =
          Arrays.stream(KEYS).filter(key -> key.utf8.length == wanted).toArray(Key[]::new);
    }
    return keys;
  }

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
        Key key = attribute(reader);
        if (key != null && from[key.ordinal()] < 0) {
          others[key.ordinal()] = decoded(rows, field, key);
        }
      } else {
        reader.skip();
      }
    }
  }

  /** The key of the attribute that was noted, or null. */
  private @Nullable Key attribute(ProtoReader reader) {
    int outer = reader.enter();
    Key key = null;
    boolean hasValue = false;
    while (!hasValue && reader.next()) {
      if (reader.field() == 1) {
        reader.delimited();
        key = key(reader.from(), reader.to());
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

  private boolean isNew(Key key) {
    return (seen & 1 << key.ordinal()) == 0;
  }

  private @Nullable Key key(int keyFrom, int keyTo) {
    int length = keyTo - keyFrom;
    if (length < LONGEST) {
      for (Key key : BY_LENGTH[length]) {
        if (Arrays.equals(bytes, keyFrom, keyTo, key.utf8, 0, length)) {
          return key;
        }
      }
    }
    return null;
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

  private static String decoded(RowCursor rows, int field, Key key) {
    ProtoReader again = rows.reader();
    again.reset(rows.rowFrom(), rows.rowTo());
    AttributeValue value = OtlpDecoder.find(again, field, key.utf8);
    return value == null ? "" : value.asText();
  }

  /** The name of the database that a client span calls, or the empty string where it calls none. */
  String database() {
    return first(DATABASE).isEmpty() ? "" : first(DATABASE_NAME);
  }

  /** What a client span says of the host it calls, or the empty string. */
  String host() {
    return first(HOST);
  }

  /** Where a producer span says that its messages go, or the empty string. */
  String destination() {
    return first(DESTINATION);
  }

  /** The queue or topic that a consumer span names, or the empty string. */
  String queue() {
    return first(QUEUE);
  }

  private String first(Key[] keys) {
    if (seen != 0) {
      for (Key key : keys) {
        String text = isNew(key) ? "" : text(key.ordinal());
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
