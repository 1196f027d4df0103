package dev.sextant.storage.table;

import dev.sextant.storage.codec.CorruptDataException;

/** What the values of a column are. Numbers are stored, so they stay what they are. */
public enum ValueType {
  /** 64 bits. */
  INT(1, true),
  /** 0 or 1. */
  BOOL(2, true),
  /** Raw bits of a double. */
  DECIMAL(3, true),
  /** UTF-8. */
  TEXT(4, false),
  /** Messages {@code AnyValue}: lists, maps, bytes, and what is not set. */
  VALUE(5, false),
  /** Whole messages {@code KeyValue} that hold more or less than a key and a value. */
  PAIR(6, false),
  /** Whole messages {@code KeyValue} of any keys, of those that got no column of their own. */
  REST(7, false);

  private static final ValueType[] ALL = values();

  private final int code;
  private final boolean number;

  ValueType(int code, boolean number) {
    this.code = code;
    this.number = number;
  }

  /** Whether values are {@link Numbers}; else they are {@link TextValues}. */
  public boolean isNumber() {
    return number;
  }

  int code() {
    return code;
  }

  /**
   * @throws CorruptDataException where there is none
   */
  static ValueType of(int code) {
    if (code < 1 || code > ALL.length) {
      throw new CorruptDataException("unknown type of column " + code);
    }
    return ALL[code - 1];
  }
}
