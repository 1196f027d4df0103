package dev.sextant.benchmarks.subject;

import java.net.URI;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * A program in a process of its own whose work is metered.
 *
 * @param address where it takes requests
 */
public record Subject(Process process, URI address) implements AutoCloseable {
  /** Processor time it has used since its start, of all its threads, in user and kernel mode. */
  public Duration cpu() {
    return process
        .info()
        .totalCpuDuration()
        .orElseThrow(() -> new IllegalStateException("this system does not tell a process's time"));
  }

  /** Stops the program; one that does not stop within a minute is killed. */
  @Override
  public void close() {
    process.destroy();
    if (process.onExit().completeOnTimeout(process, 1, TimeUnit.MINUTES).join().isAlive()) {
      process.destroyForcibly().onExit().join();
    }
  }
}
