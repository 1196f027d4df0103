package dev.sextant.metrics.embedded;

/** Asks every thousand or so steps of long work whether it should go on. For one thread. */
final class Checkpoint {
  private static final int STEPS = 1024;

  private final Runnable check;
  private int steps;

  /**
   * @param check throws what ends the work
   */
  Checkpoint(Runnable check) {
    this.check = check;
  }

  /** One that never ends anything. */
  static Checkpoint none() {
    return new Checkpoint(() -> {});
  }

  void step() {
    if (++steps == STEPS) {
      steps = 0;
      check.run();
    }
  }
}
