package dev.sextant.collector.thrift;

import dev.sextant.storage.otlp.Slice;
import java.nio.charset.StandardCharsets;

/**
 * A cursor over one of thrift's protocols. A struct is read by {@link #beginStruct()}, then {@link
 * #nextField()} until it says false; each field's value is taken by exactly one reading method or
 * by {@link #skipField()}. The elements of a list, set or map follow its header, one reading method
 * each. Ask {@link #fieldType()} and {@link #elementType()} before reading: values are not checked
 * against what they were declared as, for a reader of an older schema may want to skip them.
 *
 * <p>Every length and count is checked against the bytes that are left before anything is read or
 * allocated by it, and structs and containers nest no deeper than the bound; every method throws
 * {@link MalformedThriftException} otherwise. No count is larger than the bytes that are left. For
 * one thread.
 *
 * <pre>{@code
 * in.beginStruct();
 * while (in.nextField()) {
 *   if (in.fieldIs(1, ThriftType.I64)) {
 *     id = in.i64();
 *   } else {
 *     in.skipField();
 *   }
 * }
 * }</pre>
 *
 * @see <a
 *     href="https://github.com/apache/thrift/blob/master/doc/specs/thrift-binary-protocol.md">thrift's
 *     binary protocol</a>
 * @see <a
 *     href="https://github.com/apache/thrift/blob/master/doc/specs/thrift-compact-protocol.md">thrift's
 *     compact protocol</a>
 */
public abstract sealed class ThriftReader permits BinaryReader, CompactReader {
  private final byte[] bytes;
  private final int origin;
  private final int limit;
  private final int maxDepth;
  private int position;
  private int depth;

  int field;
  ThriftType type = ThriftType.STRUCT;
  ThriftType key = ThriftType.STRUCT;
  ThriftType element = ThriftType.STRUCT;

  ThriftReader(Slice slice, int maxDepth) {
    this.bytes = slice.bytes();
    this.origin = slice.from();
    this.position = slice.from();
    this.limit = slice.to();
    this.maxDepth = maxDepth;
  }

  /**
   * The binary protocol, strict or not.
   *
   * @param maxDepth how many structs and containers may nest; one more is malformed
   */
  public static ThriftReader binary(Slice slice, int maxDepth) {
    return new BinaryReader(slice, maxDepth);
  }

  /** The compact protocol; parameters as of {@link #binary}. */
  public static ThriftReader compact(Slice slice, int maxDepth) {
    return new CompactReader(slice, maxDepth);
  }

  /** Reads the envelope of a call; the struct of its arguments follows. */
  public abstract ThriftMessage message();

  /** Goes into a struct. */
  public final void beginStruct() {
    down();
    begun(depth);
  }

  /** Moves to the next field of the current struct; false at its end, which leaves the struct. */
  public final boolean nextField() {
    if (readField(depth)) {
      return true;
    }
    depth--;
    return false;
  }

  /** The current field's number. */
  public final int field() {
    return field;
  }

  /** The current field's type. */
  public final ThriftType fieldType() {
    return type;
  }

  /** Whether the current field has this number and this type. */
  public final boolean fieldIs(int number, ThriftType expected) {
    return field == number && type == expected;
  }

  /**
   * Reads the header of a list or a set.
   *
   * @return how many elements follow; their type is {@link #elementType()}
   */
  public abstract int list();

  /**
   * Reads the header of a map.
   *
   * @return how many pairs of key and value follow, of {@link #keyType()} and {@link
   *     #elementType()}, which say nothing for an empty map
   */
  public abstract int map();

  /**
   * Type of the elements of the list or set, or of the map's values, whose header was read last.
   * Keep it where elements hold containers themselves.
   */
  public final ThriftType elementType() {
    return element;
  }

  /** Type of the keys of the map whose header was read last. */
  public final ThriftType keyType() {
    return key;
  }

  /** A field's flag, or an element's. */
  public abstract boolean bool();

  public final byte i8() {
    need(1);
    return bytes[position++];
  }

  public abstract short i16();

  public abstract int i32();

  public abstract long i64();

  public abstract double decimal();

  /** Bytes, not copied. */
  public final Slice binary() {
    int length = length();
    Slice value = new Slice(bytes, position, position + length);
    position += length;
    return value;
  }

  /** A text; what is no UTF-8 reads as U+FFFD. */
  public final String string() {
    int length = length();
    String value = new String(bytes, position, length, StandardCharsets.UTF_8);
    position += length;
    return value;
  }

  /** Passes over the current field's value, whatever it is. */
  public final void skipField() {
    skip(type);
  }

  /** Passes over an element of a list, set or map. */
  public final void skip(ThriftType skipped) {
    switch (skipped) {
      case BOOL -> bool();
      case I8 -> i8();
      case I16 -> i16();
      case I32 -> i32();
      case I64 -> i64();
      case DOUBLE -> decimal();
      case BINARY -> binary();
      case STRUCT -> {
        beginStruct();
        while (nextField()) {
          skipField();
        }
      }
      case LIST, SET -> skipList();
      case MAP -> skipMap();
    }
  }

  private void skipList() {
    down();
    int count = list();
    ThriftType elements = element;
    for (int i = 0; i < count; i++) {
      skip(elements);
    }
    depth--;
  }

  private void skipMap() {
    down();
    int count = map();
    ThriftType keys = key;
    ThriftType values = element;
    for (int i = 0; i < count; i++) {
      skip(keys);
      skip(values);
    }
    depth--;
  }

  /** Whether every byte was read. */
  public final boolean atEnd() {
    return position == limit;
  }

  /** Bytes read so far. */
  public final int offset() {
    return position - origin;
  }

  /** An exception for the place that was reached. */
  public final MalformedThriftException malformed(String reason) {
    return new MalformedThriftException(offset(), reason);
  }

  /** Moves {@link #field} and {@link #type} to the next field of a struct; false at its end. */
  abstract boolean readField(int structDepth);

  /** A struct begins at this depth. */
  void begun(int structDepth) {}

  /** The length of a string, as it is written. */
  abstract int readLength();

  final int unsigned8() {
    return i8() & 0xff;
  }

  /** Whole number of so many bytes, big endian. */
  final long bigEndian(int size) {
    need(size);
    long value = 0;
    for (int i = 0; i < size; i++) {
      value = value << 8 | (bytes[position++] & 0xff);
    }
    return value;
  }

  /** Refuses a count whose elements cannot lie in what is left. */
  final int checked(long count, int smallest) {
    if (count < 0 || count * smallest > limit - position) {
      throw malformed(
          count + " elements are announced, but " + (limit - position) + " bytes are left");
    }
    return (int) count;
  }

  private int length() {
    int length = readLength();
    if (length < 0 || length > limit - position) {
      throw malformed(
          Integer.toUnsignedString(length)
              + " bytes are announced, but "
              + (limit - position)
              + " are left");
    }
    return length;
  }

  private void down() {
    if (++depth > maxDepth) {
      throw malformed("structs and containers nest deeper than " + maxDepth);
    }
  }

  private void need(int count) {
    if (limit - position < count) {
      throw malformed("a value of " + count + " bytes is cut off");
    }
  }
}
