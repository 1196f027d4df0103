package dev.sextant.promql.step;

/** An operator cannot go on with the series it got; the message says why, in Prometheus' words. */
public final class StepException extends RuntimeException {
  public static final String DUPLICATE_LABELS =
      "vector cannot contain metrics with the same labelset";

  public StepException(String message) {
    super(message);
  }
}
