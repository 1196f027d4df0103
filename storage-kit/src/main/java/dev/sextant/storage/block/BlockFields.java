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
  static final String ROWS = "rows";
  static final String TIMES = "times";
  static final String LENGTHS = "lengths";
  static final String PAYLOAD = "payload";
  static final String BLOOM = "bloom";
  static final String SUMMARY = "summary";

  /** No part of a block is longer than this once decompressed. */
  static final int MAX_PART = 1 << 30;

  private BlockFields() {}

  static String column(String name) {
    return "c." + name;
  }

  static String dictionaryIds(String name) {
    return "i." + name;
  }

  static String dictionary(String name) {
    return "d." + name;
  }
}
