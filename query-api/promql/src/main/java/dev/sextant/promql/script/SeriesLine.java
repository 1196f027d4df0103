package dev.sextant.promql.script;

import dev.sextant.metrics.model.Labels;
import java.util.List;

/**
 * A series and its points, as scripts and promtool's unit tests of rules write them: {@code
 * requests_total{code="200"} 0+10x5 _ stale {{schema:0 count:2 buckets:[1 1]}}x3}.
 *
 * <p>Points, separated by blanks: a number; {@code _} for a gap and {@code _xN} for N of them;
 * {@code VxN} for N + 1 times the same; {@code V+DxN} and {@code V-DxN} for N + 1 steps of D from
 * V; {@code stale}; a histogram in double braces with {@code schema count sum z_bucket z_bucket_w
 * buckets offset n_buckets n_offset custom_values counter_reset_hint}, repeated and added up
 * likewise.
 *
 * @param points in order of time, one a step; at most {@value #MAX_POINTS}
 */
public record SeriesLine(Labels labels, List<Point> points) {
  /** How many points one series may have. */
  public static final int MAX_POINTS = 1_000_000;

  /**
   * Reads both from one line.
   *
   * @throws IllegalArgumentException saying what is wrong with the text
   */
  public static SeriesLine parse(String line) {
    int end = SeriesLabels.end(line);
    return of(line.substring(0, end), line.substring(end));
  }

  /**
   * Reads both from texts of their own.
   *
   * @throws IllegalArgumentException saying what is wrong with a text
   */
  public static SeriesLine of(String series, String points) {
    return new SeriesLine(SeriesLabels.parse(series), PointNotation.parse(points));
  }

  /**
   * Reads a series without points: {@code requests_total{code="200"}}.
   *
   * @throws IllegalArgumentException saying what is wrong with the text
   */
  public static Labels labels(String series) {
    return SeriesLabels.parse(series);
  }
}
