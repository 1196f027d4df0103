package dev.sextant.storage.table;

import dev.sextant.storage.otlp.MalformedOtlpException;
import dev.sextant.storage.otlp.OtlpLimits;
import dev.sextant.storage.otlp.ProtoReader;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * An OTLP {@code KeyValue} message, taken apart in place. Of all ways to write one, that of every
 * SDK is told by its bytes; the others are kept whole. One is used for all; for one thread.
 */
final class Pair {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final int KEY = 1 << 3 | ProtoReader.DELIMITED;
  private static final int VALUE = 2 << 3 | ProtoReader.DELIMITED;
  private static final int TEXT = 1 << 3 | ProtoReader.DELIMITED;
  private static final int BOOL = 2 << 3;
  private static final int INT = 3 << 3;
  private static final int DOUBLE = 4 << 3 | ProtoReader.FIXED64;

  ValueType type = ValueType.REST;
  int keyFrom;
  int keyTo;

  /** Of a number. */
  long number;

  /** Where the text, the {@code AnyValue} or the whole message lies. */
  int from;

  int to;

  private byte[] bytes = new byte[0];
  private int at;
  private int end;

  /** Takes a message apart. */
  void read(byte[] message, int messageFrom, int messageTo) {
    bytes = message;
    at = messageFrom;
    end = messageTo;
    if (!readKey() || !readValue()) {
      type = ValueType.PAIR;
      from = messageFrom;
      to = messageTo;
      findKey();
    }
  }

  private boolean readKey() {
    if (!tag(KEY) || !length()) {
      return false;
    }
    keyFrom = at;
    keyTo = at + (int) number;
    at = keyTo;
    return true;
  }

  private boolean readValue() {
    if (!tag(VALUE) || !length() || at + number != end) {
      return false;
    }
    from = at;
    to = end;
    if (tag(TEXT) && length() && at + number == end) {
      type = ValueType.TEXT;
      from = at;
      return true;
    }
    at = from;
    if (tag(BOOL) && varint() && at == end) {
      type = ValueType.BOOL;
      number = number != 0 ? 1 : 0;
      return true;
    }
    at = from;
    if (tag(INT) && varint() && at == end) {
      type = ValueType.INT;
      return true;
    }
    at = from;
    if (tag(DOUBLE) && end - at == 8) {
      type = ValueType.DECIMAL;
      number = (long) LONG.get(bytes, at);
      return true;
    }
    type = ValueType.VALUE;
    return true;
  }

  private boolean tag(int tag) {
    if (at < end && bytes[at] == tag) {
      at++;
      return true;
    }
    return false;
  }

  /** Reads a length into {@link #number}; so many bytes follow. */
  private boolean length() {
    return varint() && number >= 0 && number <= end - at;
  }

  private boolean varint() {
    number = 0;
    for (int shift = 0; shift < 70 && at < end; shift += 7) {
      byte b = bytes[at++];
      number |= (long) (b & 0x7f) << shift;
      if (b >= 0) {
        return true;
      }
    }
    return false;
  }

  /** The last key in the message, as protobuf has it; empty where there is none. */
  private void findKey() {
    keyFrom = keyTo = from;
    ProtoReader reader = new ProtoReader(bytes, from, to, OtlpLimits.STORED);
    try {
      while (reader.next()) {
        if (reader.field() == 1 && reader.wire() == ProtoReader.DELIMITED) {
          reader.delimited();
          keyFrom = reader.from();
          keyTo = reader.to();
        } else {
          reader.skip();
        }
      }
    } catch (MalformedOtlpException e) {
      keyFrom = keyTo = from; // its bytes are kept nevertheless
    }
  }
}
