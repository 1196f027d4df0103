package dev.sextant.storage.block;

/**
 * Names of the Lucene fields of a block's document; {@code docs/format/block.md} describes each.
 */
final class BlockFields {
  static final String MIN_TIME = "tmin";
  static final String MAX_TIME = "tmax";
  static final String FIRST_ROW = "row0";
  static final String LAST_ROW = "row1";
  static final String TENANT = "tenant";
  static final String SERVICE = "service";
  static final String RESOURCE_HASH = "resource";
  static final String WORD = "word";
  static final String HEADER = "header";

  // Of blocks in order of arrival:
  static final String ROWS = "rows";
  static final String BYTES = "bytes";
  static final String STAMP = "stamp";

  // Of runs:
  static final String RUN = "run";
  static final String PLACE = "place";

  /** No part of a block is longer than this, nor longer once decompressed. */
  static final int MAX_PART = 1 << 30;

  static final int SIZE_CLASSES = 16;

  private BlockFields() {}

  /** The field of a number that a layout gives by name. */
  static String number(String name) {
    return "n." + name;
  }

  /** Parts of one class have up to 4^class bytes, and more than a quarter of that. */
  static int sizeClass(int length) {
    return (33 - Integer.numberOfLeadingZeros(Math.max(1, length - 1))) / 2;
  }

  /** The field of the part that has so many of its class before it. */
  static String part(int sizeClass, int ordinal) {
    return "p" + sizeClass + "." + ordinal;
  }
}
