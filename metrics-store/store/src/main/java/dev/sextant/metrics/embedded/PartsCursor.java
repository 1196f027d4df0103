package dev.sextant.metrics.embedded;

import dev.sextant.metrics.model.NativeHistogram;
import dev.sextant.metrics.model.SampleArray;
import dev.sextant.metrics.model.SampleCursor;
import java.util.List;

/** Over parts that follow each other without overlap, as if they were one. For one thread. */
final class PartsCursor implements SampleCursor {
  private final List<SampleArray> parts;
  private final long minMillis;
  private final long maxMillis;
  private SampleCursor current;
  private int next;

  /**
   * @param minMillis of the samples shown, inclusive
   * @param maxMillis of the samples shown, inclusive
   */
  PartsCursor(List<SampleArray> parts, long minMillis, long maxMillis) {
    this.parts = parts;
    this.minMillis = minMillis;
    this.maxMillis = maxMillis;
    this.current = SampleArray.EMPTY.cursor(minMillis, maxMillis);
  }

  @Override
  public Type next() {
    Type type = current.next();
    while (type == Type.NONE && next < parts.size()) {
      current = parts.get(next++).cursor(minMillis, maxMillis);
      type = current.next();
    }
    return type;
  }

  @Override
  public Type seek(long timestampMillis) {
    Type type = current.seek(timestampMillis);
    while (type == Type.NONE && next < parts.size()) {
      current = parts.get(next++).cursor(minMillis, maxMillis);
      type = current.seek(timestampMillis);
    }
    return type;
  }

  @Override
  public long timestampMillis() {
    return current.timestampMillis();
  }

  @Override
  public double value() {
    return current.value();
  }

  @Override
  public int readFloats(long[] times, double[] values, int at) {
    return current.readFloats(times, values, at);
  }

  @Override
  public NativeHistogram histogram() {
    return current.histogram();
  }

  @Override
  public long startTimestampMillis() {
    return current.startTimestampMillis();
  }
}
