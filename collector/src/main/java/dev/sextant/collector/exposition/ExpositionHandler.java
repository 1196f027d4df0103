package dev.sextant.collector.exposition;

/** Takes what an {@link ExpositionParser} reads, in the order of the lines. */
public interface ExpositionHandler {
  /** {@code # TYPE}. */
  void type(String family, String type) throws Violation;

  /** {@code # HELP}, unescaped. */
  void help(String family, String help) throws Violation;

  /** {@code # UNIT}. */
  void unit(String family, String unit) throws Violation;

  void sample(Sample sample) throws Violation;

  /** After the last line. */
  default void end() throws Violation {}

  /** Refuses a line; the parser adds its number. */
  final class Violation extends Exception {
    private static final long serialVersionUID = 1;

    public Violation(String message) {
      super(message, null, false, false);
    }
  }
}
