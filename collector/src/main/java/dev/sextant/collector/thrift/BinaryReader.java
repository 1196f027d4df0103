package dev.sextant.collector.thrift;

import dev.sextant.storage.otlp.Slice;

/** Thrift's binary protocol: fixed widths, big endian. */
final class BinaryReader extends ThriftReader {
  private static final int STRICT = 0x8001_0000;

  BinaryReader(Slice slice, int maxDepth) {
    super(slice, maxDepth);
  }

  @Override
  public ThriftMessage message() {
    int first = i32();
    if (first >= 0) {
      return new ThriftMessage(name(first), unsigned8(), i32());
    }
    if ((first & 0xffff_0000) != STRICT) {
      throw malformed("no version 1 message of the binary protocol begins here");
    }
    return new ThriftMessage(string(), first & 0xff, i32());
  }

  /** The name of an unversioned message, whose length was read already. */
  private String name(int length) {
    StringBuilder name = new StringBuilder(checked(length, 1));
    for (int i = 0; i < length; i++) {
      name.append((char) unsigned8());
    }
    return name.toString();
  }

  @Override
  boolean readField(int structDepth) {
    int code = unsigned8();
    if (code == 0) {
      return false;
    }
    type = type(code);
    field = i16();
    return true;
  }

  @Override
  public int list() {
    int code = unsigned8();
    int count = i32();
    if (count != 0) {
      element = type(code);
    }
    return count == 0 ? 0 : checked(count, smallest(element));
  }

  @Override
  public int map() {
    int keyCode = unsigned8();
    int valueCode = unsigned8();
    int count = i32();
    if (count == 0) {
      return 0;
    }
    key = type(keyCode);
    element = type(valueCode);
    return checked(count, smallest(key) + smallest(element));
  }

  @Override
  public boolean bool() {
    return i8() != 0;
  }

  @Override
  public short i16() {
    return (short) bigEndian(2);
  }

  @Override
  public int i32() {
    return (int) bigEndian(4);
  }

  @Override
  public long i64() {
    return bigEndian(8);
  }

  @Override
  public double decimal() {
    return Double.longBitsToDouble(bigEndian(8));
  }

  @Override
  int readLength() {
    return i32();
  }

  private ThriftType type(int code) {
    return switch (code) {
      case 2 -> ThriftType.BOOL;
      case 3 -> ThriftType.I8;
      case 4 -> ThriftType.DOUBLE;
      case 6 -> ThriftType.I16;
      case 8 -> ThriftType.I32;
      case 10 -> ThriftType.I64;
      case 11 -> ThriftType.BINARY;
      case 12 -> ThriftType.STRUCT;
      case 13 -> ThriftType.MAP;
      case 14 -> ThriftType.SET;
      case 15 -> ThriftType.LIST;
      default -> throw malformed("the type " + code + " is unknown");
    };
  }

  /** Bytes that a value takes at least. */
  private static int smallest(ThriftType type) {
    return switch (type) {
      case BOOL, I8, STRUCT -> 1;
      case I16 -> 2;
      case I32, BINARY -> 4;
      case LIST, SET -> 5;
      case MAP -> 6;
      case I64, DOUBLE -> 8;
    };
  }
}
