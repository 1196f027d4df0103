package dev.sextant.storage.journal;

/** Waiting for threads that must not be left behind. */
final class Threads {
  private Threads() {}

  /** Waits until a thread has ended; an interrupt meanwhile is kept for afterwards. */
  static void joinFully(Thread thread) {
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
