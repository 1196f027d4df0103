package dev.sextant.benchmarks.traces;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Memory of a process that no file stands behind ({@code RssAnon} of {@code /proc/PID/status}),
 * looked at ten times a second. Thread-safe.
 */
final class AnonymousMemory implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(AnonymousMemory.class);

  private final Path status;
  private final ScheduledExecutorService looking =
      Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().factory());
  private volatile long peak;

  AnonymousMemory(long pid) {
    status = Path.of("/proc", "" + pid, "status");
    looking.scheduleAtFixedRate(this::look, 0, 100, TimeUnit.MILLISECONDS);
  }

  private void look() {
    try {
      peak = Math.max(peak, bytes());
    } catch (IOException | RuntimeException e) {
      LOG.debug("{} cannot be read any more", status, e);
    }
  }

  /** At the moment. */
  long bytes() throws IOException {
    return Files.readAllLines(status).stream()
        .filter(line -> line.startsWith("RssAnon:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
        .findFirst()
        .orElseThrow(() -> new IOException(status + " has no RssAnon; it takes Linux to measure"));
  }

  /** The most that was seen. */
  long peakBytes() {
    return peak;
  }

  @Override
  public void close() {
    looking.shutdownNow();
  }
}
