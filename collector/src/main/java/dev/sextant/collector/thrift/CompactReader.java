package dev.sextant.collector.thrift;

import dev.sextant.storage.otlp.Slice;

/**
 * Thrift's compact protocol: varints, field numbers as differences, and flags within the field's
 * header.
 */
final class CompactReader extends ThriftReader {
  private static final int PROTOCOL = 0x82;
  private static final int VERSION = 1;

  /** The field read last in each struct that is open, by depth. */
  private final int[] lastField;

  /** The flag that the current field's header held. */
  private boolean flag;

  private boolean flagInHeader;

  CompactReader(Slice slice, int maxDepth) {
    super(slice, maxDepth);
    lastField = new int[maxDepth + 1];
  }

  @Override
  public ThriftMessage message() {
    if (unsigned8() != PROTOCOL) {
      throw malformed("no message of the compact protocol begins here");
    }
    int head = unsigned8();
    if ((head & 0x1f) != VERSION) {
      throw malformed("version " + (head & 0x1f) + " of the compact protocol is unknown");
    }
    int sequence = (int) varint(5);
    return new ThriftMessage(string(), head >>> 5, sequence);
  }

  @Override
  void begun(int structDepth) {
    lastField[structDepth] = 0;
  }

  @Override
  boolean readField(int structDepth) {
    int head = unsigned8();
    if (head == 0) {
      return false;
    }
    type = type(head & 0xf);
    int difference = head >>> 4;
    field = difference == 0 ? i16() : (short) (lastField[structDepth] + difference);
    lastField[structDepth] = field;
    flagInHeader = type == ThriftType.BOOL;
    flag = (head & 0xf) == 1;
    return true;
  }

  @Override
  public int list() {
    int head = unsigned8();
    long count = head >>> 4;
    if (count == 15) {
      count = varint(5);
    }
    if (count != 0) {
      element = type(head & 0xf);
    }
    flagInHeader = false;
    return count == 0 ? 0 : checked(count, smallest(element));
  }

  @Override
  public int map() {
    long count = varint(5);
    if (count == 0) {
      return 0;
    }
    int types = unsigned8();
    key = type(types >>> 4);
    element = type(types & 0xf);
    flagInHeader = false;
    return checked(count, smallest(key) + smallest(element));
  }

  @Override
  public boolean bool() {
    if (flagInHeader) {
      flagInHeader = false;
      return flag;
    }
    return i8() == 1;
  }

  @Override
  public short i16() {
    return (short) zigzag(varint(3));
  }

  @Override
  public int i32() {
    return (int) zigzag(varint(5));
  }

  @Override
  public long i64() {
    return zigzag(varint(10));
  }

  @Override
  public double decimal() {
    return Double.longBitsToDouble(Long.reverseBytes(bigEndian(8)));
  }

  @Override
  int readLength() {
    long length = varint(5);
    return (int) Math.min(length, Integer.MAX_VALUE);
  }

  /** At most so many bytes. */
  private long varint(int longest) {
    long value = 0;
    for (int i = 0; i < longest; i++) {
      int b = i8();
      value |= (long) (b & 0x7f) << (7 * i);
      if (b >= 0) {
        return value;
      }
    }
    throw malformed("a varint is longer than " + longest + " bytes");
  }

  private static long zigzag(long value) {
    return (value >>> 1) ^ -(value & 1);
  }

  private ThriftType type(int code) {
    return switch (code) {
      case 1, 2 -> ThriftType.BOOL;
      case 3 -> ThriftType.I8;
      case 4 -> ThriftType.I16;
      case 5 -> ThriftType.I32;
      case 6 -> ThriftType.I64;
      case 7 -> ThriftType.DOUBLE;
      case 8 -> ThriftType.BINARY;
      case 9 -> ThriftType.LIST;
      case 10 -> ThriftType.SET;
      case 11 -> ThriftType.MAP;
      case 12 -> ThriftType.STRUCT;
      default -> throw malformed("the type " + code + " is unknown");
    };
  }

  private static int smallest(ThriftType type) {
    return type == ThriftType.DOUBLE ? 8 : 1;
  }
}
