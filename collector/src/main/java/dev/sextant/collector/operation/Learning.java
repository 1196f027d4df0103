package dev.sextant.collector.operation;

import dev.sextant.storage.otlp.Slice;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What all services' learning has in common: bounds, and what is counted. Thread-safe. */
final class Learning {
  private static final Logger LOG = LoggerFactory.getLogger(Learning.class);

  private final OperationNameSettings settings;
  private final Set<Slice> words;
  private final long maxBytes;
  private final AtomicLong bytes = new AtomicLong();
  private final AtomicBoolean warned = new AtomicBoolean();

  /** Places in paths that were found to hold values. */
  final LongAdder collapses = new LongAdder();

  /** Names that were not learned, for {@code max-paths} and for {@code memory}. */
  final LongAdder beyondPaths = new LongAdder();

  final LongAdder beyondMemory = new LongAdder();

  /** Changes with everything that is learned. */
  final LongAdder changes = new LongAdder();

  /**
   * @param maxBytes of all nodes
   */
  Learning(OperationNameSettings settings, long maxBytes) {
    this.settings = settings;
    this.maxBytes = maxBytes;
    this.words =
        settings.keep().stream()
            .map(word -> Slice.of(word.getBytes(StandardCharsets.UTF_8)))
            .collect(Collectors.toUnmodifiableSet());
  }

  int maxValues() {
    return settings.maxValues();
  }

  int maxPaths() {
    return settings.maxPaths();
  }

  /** Segments that are never values. */
  Set<Slice> words() {
    return words;
  }

  boolean isWord(byte[] text, int from, int to) {
    return !words.isEmpty() && words.contains(new Slice(text, from, to));
  }

  /** Takes memory; false, and nothing taken, where there is none left. */
  boolean take(long more) {
    if (bytes.addAndGet(more) <= maxBytes) {
      changes.increment();
      return true;
    }
    bytes.addAndGet(-more);
    return false;
  }

  /** Takes memory though it may be more than there is: what is taken so is bounded otherwise. */
  void takeAnyway(long more) {
    bytes.addAndGet(more);
    changes.increment();
  }

  void give(long less) {
    bytes.addAndGet(-less);
  }

  long bytes() {
    return bytes.get();
  }

  /** A name of a service was not learned for want of memory. */
  void outOfMemory(String service) {
    beyondMemory.increment();
    if (warned.compareAndSet(false, true)) {
      LOG.warn(
          "limit {} ({} bytes) reached, first by service {}: new paths are named by the shape of"
              + " their segments alone; raise it",
          OperationNameSettings.MEMORY,
          settings.memory(),
          service);
    }
  }

  /**
   * A name of a service was not learned for its number of paths.
   *
   * @param first whether it is the service's first
   */
  void outOfPaths(String service, boolean first) {
    beyondPaths.increment();
    if (first) {
      LOG.warn(
          "limit {} ({}) reached for service {}: its new paths are named by the shape of their"
              + " segments alone; raise it, or lower {} ({})",
          OperationNameSettings.MAX_PATHS,
          settings.maxPaths(),
          service,
          OperationNameSettings.MAX_VALUES,
          settings.maxValues());
    }
  }
}
