package dev.sextant.collector.zipkin;

import dev.sextant.storage.otlp.Slice;
import java.nio.ByteBuffer;
import java.util.HexFormat;

/** The typed values of version 1's binary annotations in thrift. */
final class ThriftValues {
  static final int BOOL = 0;
  static final int BYTES = 1;
  private static final int TEXT = 6;

  /** By type, how many bytes a value has; 0 where any number. */
  private static final int[] LENGTHS = {1, 0, 2, 4, 8, 8, 0};

  private ThriftValues() {}

  /** A value as text; what is of no known type, or has not its length, in hexadecimal. */
  static String text(int type, Slice value) {
    boolean isTyped = type >= 0 && type <= TEXT && type != BYTES;
    if (!isTyped || (LENGTHS[type] != 0 && LENGTHS[type] != value.length())) {
      return HexFormat.of().formatHex(value.bytes(), value.from(), value.to());
    }
    ByteBuffer bytes = value.buffer();
    return switch (type) {
      case BOOL -> Boolean.toString(bytes.get() != 0);
      case 2 -> Short.toString(bytes.getShort());
      case 3 -> Integer.toString(bytes.getInt());
      case 4 -> Long.toString(bytes.getLong());
      case 5 -> Double.toString(bytes.getDouble());
      default -> value.text();
    };
  }
}
