package dev.sextant.collector.otlp.metrics;

/** Attribute keys as label names: letters, digits and underscores, no digit first. */
final class LabelNames {
  private LabelNames() {}

  /**
   * Every other character becomes an underscore. A key that begins with a digit gets {@code key_},
   * one that begins with a single underscore gets {@code key} in front.
   */
  static String of(String key) {
    StringBuilder out = null;
    for (int i = 0; i < key.length(); i++) {
      char c = key.charAt(i);
      boolean good =
          c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_';
      if (!good) {
        if (out == null) {
          out = new StringBuilder(key);
        }
        out.setCharAt(i, '_');
      }
    }
    String name = out == null ? key : out.toString();
    if (name.isEmpty()) {
      return name;
    }
    if (Character.isDigit(name.charAt(0))) {
      return "key_" + name;
    }
    return name.startsWith("_") && !name.startsWith("__") ? "key" + name : name;
  }
}
