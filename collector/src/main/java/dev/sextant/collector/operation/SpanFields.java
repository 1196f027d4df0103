package dev.sextant.collector.operation;

import dev.sextant.storage.otlp.ProtoReader;
import dev.sextant.storage.otlp.Slice;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The fields of one span's message that its name is made of. Of a field that stands twice the last
 * holds, as protobuf has it; of an attribute the first. Set again for each span; for one thread.
 */
final class SpanFields {
  static final int SERVER = 2;
  static final int CLIENT = 3;
  static final int CONSUMER = 5;

  static final int NAME_FIELD = 5;
  static final int ATTRIBUTES_FIELD = 9;
  private static final int KIND_FIELD = 6;

  private final ProtoReader reader;
  private final @Nullable Slice[] attributes = new Slice[Key.values().length];
  private int rowFrom;
  private int rowTo;
  private int tagAt;
  private int nameFrom;
  private int nameTo;
  private int kind;
  private boolean whole;
  private int present;

  /** Attributes that say what a name is about. */
  enum Key {
    HTTP_ROUTE("http.route"),
    URL_TEMPLATE("url.template"),
    URL_PATH("url.path"),
    URL_FULL("url.full"),
    URL_ORIGINAL("url.original"),
    HTTP_TARGET("http.target"),
    HTTP_URL("http.url"),
    HTTP_REQUEST_METHOD("http.request.method"),
    HTTP_REQUEST_METHOD_ORIGINAL("http.request.method_original"),
    HTTP_METHOD("http.method"),
    RPC_SYSTEM("rpc.system"),
    RPC_SYSTEM_NAME("rpc.system.name");

    final byte[] bytes;

    Key(String name) {
      bytes = name.getBytes(StandardCharsets.US_ASCII);
    }
  }

  /** By the length of their names. */
  private static final Key[][] KEYS = new Key[32][];

  static {
    for (int length = 0; length < KEYS.length; length++) {
      int wanted = length;
      KEYS[length] =
          Arrays.stream(Key.values()).filter(key -> key.bytes.length == wanted).toArray(Key[]::new);
    }
  }

  SpanFields(ProtoReader reader) {
    this.reader = reader;
  }

  /** Reads name and kind of a span, and no further than they are where fields stand in order. */
  void readHead(int from, int to) {
    begin(from, to);
    whole = false;
    for (int at = from; reader.next(); at = reader.position()) {
      if (reader.field() >= ATTRIBUTES_FIELD && tagAt >= 0 && kind != 0) {
        return;
      }
      if (!head(at)) {
        reader.skip();
      }
    }
  }

  /** Reads the whole span, unless that was done. */
  void readWhole() {
    if (whole) {
      return;
    }
    begin(rowFrom, rowTo);
    whole = true;
    Arrays.fill(attributes, null);
    present = 0;
    for (int at = rowFrom; reader.next(); at = reader.position()) {
      if (reader.field() == ATTRIBUTES_FIELD) {
        attribute();
      } else if (!head(at)) {
        reader.skip();
      }
    }
  }

  private void begin(int from, int to) {
    rowFrom = from;
    rowTo = to;
    tagAt = -1;
    nameFrom = nameTo = from;
    kind = 0;
    reader.reset(from, to);
  }

  private boolean head(int at) {
    switch (reader.field()) {
      case NAME_FIELD -> {
        reader.delimited();
        tagAt = at;
        nameFrom = reader.from();
        nameTo = reader.to();
        return true;
      }
      case KIND_FIELD -> {
        kind = reader.varint32();
        return true;
      }
      default -> {
        return false;
      }
    }
  }

  private void attribute() {
    int outer = reader.enter();
    Key key = null;
    Slice text = null;
    while (reader.next()) {
      if (reader.field() == 1) {
        reader.delimited();
        key = key(reader.from(), reader.to());
      } else if (reader.field() == 2 && key != null) {
        text = text();
      } else {
        reader.skip();
      }
    }
    reader.leave(outer);
    if (key != null && !has(key)) {
      present |= 1 << key.ordinal();
      attributes[key.ordinal()] = text;
    }
  }

  private @Nullable Key key(int from, int to) {
    if (to - from >= KEYS.length) {
      return null;
    }
    for (Key key : KEYS[to - from]) {
      if (Arrays.equals(reader.bytes(), from, to, key.bytes, 0, key.bytes.length)) {
        return key;
      }
    }
    return null;
  }

  /** The string of the {@code AnyValue} that the reader stands on, or null. */
  private @Nullable Slice text() {
    Slice text = null;
    int outer = reader.enter();
    while (reader.next()) {
      if (reader.field() == 1) {
        text = reader.slice();
      } else {
        reader.skip();
      }
    }
    reader.leave(outer);
    return text;
  }

  /** A text among the attributes that is not empty, or null; the whole span must be read. */
  @Nullable Slice attribute(Key key) {
    Slice text = attributes[key.ordinal()];
    return text == null || text.length() == 0 ? null : text;
  }

  /** Whether an attribute stands there, whatever its value; the whole span must be read. */
  boolean has(Key key) {
    return (present & 1 << key.ordinal()) != 0;
  }

  byte[] bytes() {
    return reader.bytes();
  }

  int rowFrom() {
    return rowFrom;
  }

  int rowTo() {
    return rowTo;
  }

  /** Where the name's field begins; -1 where there is none. */
  int nameTag() {
    return tagAt;
  }

  int nameFrom() {
    return nameFrom;
  }

  int nameTo() {
    return nameTo;
  }

  /** OTLP's number. */
  int kind() {
    return kind;
  }
}
