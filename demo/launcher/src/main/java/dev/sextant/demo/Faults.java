package dev.sextant.demo;

import java.util.List;
import java.util.function.Consumer;

/**
 * Troubles that come and go, one after another, for ever: a minute and a half of calm between each.
 */
final class Faults implements AutoCloseable {
  private static final long FIRST_CALM_SECONDS = 45;
  private static final long CALM_SECONDS = 90;
  private static final long TROUBLE_SECONDS = 120;

  /**
   * A trouble.
   *
   * @param name for people
   */
  record Fault(String name, Switch onOff) {}

  /** Turns a trouble on or off. */
  @FunctionalInterface
  interface Switch {
    void turn(boolean on) throws InterruptedException;
  }

  private final List<Fault> faults;
  private final Consumer<String> say;
  private final Thread thread =
      Thread.ofPlatform().daemon().name("demo-faults").unstarted(this::play);

  Faults(List<Fault> faults, Consumer<String> say) {
    this.faults = List.copyOf(faults);
    this.say = say;
  }

  void start() {
    thread.start();
  }

  private void play() {
    try {
      Thread.sleep(FIRST_CALM_SECONDS * 1000);
      for (int i = 0; ; i = (i + 1) % faults.size()) {
        Fault fault = faults.get(i);
        say.accept("fault begins: " + fault.name());
        fault.onOff().turn(true);
        Thread.sleep(TROUBLE_SECONDS * 1000);
        fault.onOff().turn(false);
        say.accept("fault ends: " + fault.name());
        Thread.sleep(CALM_SECONDS * 1000);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
