package dev.sextant.promql.step;

/**
 * Takes what a user should know about a result that is correct none the less. Equal texts count
 * once.
 */
public interface Notices {
  /** Drops everything. */
  Notices NONE =
      new Notices() {
        @Override
        public void warning(String text) {}

        @Override
        public void info(String text) {}
      };

  void warning(String text);

  void info(String text);
}
