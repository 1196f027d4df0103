package dev.sextant.alerting.unittest;

import java.util.List;

/** The lines of two texts in one, with {@code -} before what is only expected, {@code +} else. */
final class LineDiff {
  /** Longer texts are told one after the other; the work is their lengths' product. */
  private static final int MOST = 2_000;

  private LineDiff() {}

  static String of(List<String> expected, List<String> got) {
    int[][] common = new int[expected.size() + 1][got.size() + 1];
    boolean aligned = expected.size() <= MOST && got.size() <= MOST;
    for (int i = expected.size() - 1; aligned && i >= 0; i--) {
      for (int j = got.size() - 1; j >= 0; j--) {
        common[i][j] =
            expected.get(i).equals(got.get(j))
                ? common[i + 1][j + 1] + 1
                : Math.max(common[i + 1][j], common[i][j + 1]);
      }
    }
    StringBuilder out = new StringBuilder();
    int i = 0;
    int j = 0;
    while (i < expected.size() || j < got.size()) {
      boolean both = i < expected.size() && j < got.size();
      if (both && expected.get(i).equals(got.get(j))) {
        line(out, ' ', expected.get(i++));
        j++;
      } else if (j == got.size() || (both && common[i + 1][j] >= common[i][j + 1])) {
        line(out, '-', expected.get(i++));
      } else {
        line(out, '+', got.get(j++));
      }
    }
    return out.toString();
  }

  private static void line(StringBuilder out, char sign, String text) {
    out.append("      ").append(sign).append(' ').append(text).append('\n');
  }
}
