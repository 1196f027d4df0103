package dev.sextant.collector.receive;

import java.time.InstantSource;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.slf4j.LoggerFactory;

/** What receivers did not keep, by their names. Thread-safe. */
public final class Losses {
  private final Map<String, LossCounter> counters = new ConcurrentHashMap<>();
  private final InstantSource clock;
  private final Consumer<String> log;

  /** Warns in the log of what was wrong, once a minute and receiver at most. */
  public Losses(InstantSource clock) {
    this(clock, LoggerFactory.getLogger(Losses.class)::warn);
  }

  /**
   * @param log takes lines that tell what was wrong, foreign text in them
   */
  public Losses(InstantSource clock, Consumer<String> log) {
    this.clock = clock;
    this.log = log;
  }

  /** The counter of one receiver, always the same. */
  public LossCounter of(String receiver) {
    return counters.computeIfAbsent(
        receiver, name -> new LossCounter(name, new OccasionalLine(clock, log)));
  }

  /** Numbers at one moment, by receiver. */
  public Map<String, LossCounter.Counts> counts() {
    Map<String, LossCounter.Counts> counts = new TreeMap<>();
    counters.forEach((receiver, counter) -> counts.put(receiver, counter.counts()));
    return counts;
  }
}
