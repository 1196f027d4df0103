package dev.sextant.promql.function;

/**
 * How wide a window is.
 *
 * @param rangeMillis from its start, exclusive, to its end
 * @param beforeMillis how far samples in front of the start are seen
 * @param afterMillis how far samples behind the end are seen
 */
public record WindowShape(long rangeMillis, long beforeMillis, long afterMillis) {
  public static WindowShape of(long rangeMillis) {
    return new WindowShape(rangeMillis, 0, 0);
  }
}
