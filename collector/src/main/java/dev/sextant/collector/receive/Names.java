package dev.sextant.collector.receive;

/** Which names Prometheus' classic formats allow. */
public final class Names {
  private Names() {}

  /** Letters, digits, underscores and colons; no digit first. */
  public static boolean isMetricName(CharSequence name) {
    return isName(name, true);
  }

  /** Letters, digits and underscores; no digit first. */
  public static boolean isLabelName(CharSequence name) {
    return isName(name, false);
  }

  private static boolean isName(CharSequence name, boolean colons) {
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      boolean letter =
          c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_' || colons && c == ':';
      if (!letter && (i == 0 || c < '0' || c > '9')) {
        return false;
      }
    }
    return !name.isEmpty();
  }
}
