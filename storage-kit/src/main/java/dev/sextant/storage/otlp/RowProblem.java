package dev.sextant.storage.otlp;

/**
 * Why a row is not taken.
 *
 * @param text what is wrong with it, with the value
 * @param untimely whether it is its time alone, which clocks and the retention decide
 */
public record RowProblem(String text, boolean untimely) {
  /** One that no clock or setting of time would lift. */
  public static RowProblem of(String text) {
    return new RowProblem(text, false);
  }

  /** One of a time. */
  public static RowProblem ofTime(String text) {
    return new RowProblem(text, true);
  }
}
