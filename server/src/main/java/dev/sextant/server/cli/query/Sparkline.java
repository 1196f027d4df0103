package dev.sextant.server.cli.query;

import java.util.Arrays;

/** A series as one line of block characters, from its least value to its greatest. */
final class Sparkline {
  private static final String BLOCKS = "▁▂▃▄▅▆▇█";
  private static final String ASCII = "_.-=+*%#";

  private Sparkline() {}

  /**
   * Draws at most {@code width} characters; where there are more values, each character is the mean
   * of some. NaN is a gap, an infinite value the highest or lowest block.
   */
  static String of(double[] values, int width, boolean blocks) {
    double[] drawn = values.length <= width ? values : means(values, width);
    double[] finite = Arrays.stream(drawn).filter(Double::isFinite).toArray();
    double low = Arrays.stream(finite).min().orElse(0);
    double high = Arrays.stream(finite).max().orElse(0);
    String levels = blocks ? BLOCKS : ASCII;
    StringBuilder line = new StringBuilder();
    for (double value : drawn) {
      line.append(Double.isNaN(value) ? ' ' : levels.charAt(level(value, low, high)));
    }
    return line.toString();
  }

  private static int level(double value, double low, double high) {
    int top = BLOCKS.length() - 1;
    if (high == low) {
      return value > high ? top : value < low ? 0 : top / 2;
    }
    return (int) Math.clamp(Math.round((value - low) / (high - low) * top), 0, top);
  }

  private static double[] means(double[] values, int width) {
    double[] means = new double[width];
    for (int i = 0; i < width; i++) {
      int from = (int) ((long) i * values.length / width);
      int to = (int) ((long) (i + 1) * values.length / width);
      means[i] =
          Arrays.stream(values, from, to)
              .filter(value -> !Double.isNaN(value))
              .average()
              .orElse(Double.NaN);
    }
    return means;
  }
}
