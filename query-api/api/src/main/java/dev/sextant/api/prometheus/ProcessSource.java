package dev.sextant.api.prometheus;

import java.util.List;
import java.util.Map;

/**
 * What the process tells Prometheus' status API of itself; the server implements it. Thread-safe.
 * Whoever may read metrics may read all of it, so nothing here is secret.
 */
public interface ProcessSource {
  /** Sextant's own version. */
  String version();

  /** The effective configuration as YAML, {@code <secret>} in place of what is one. */
  String configuration();

  /** Settings under the names of Prometheus' flags. */
  Map<String, String> flags();

  /**
   * The process at one moment.
   *
   * @param startedMillis since the epoch
   * @param directory it was started in
   * @param retention of metrics, such as {@code 30d}
   */
  record Runtime(
      long startedMillis,
      String directory,
      String host,
      int threads,
      int processors,
      long memoryBytes,
      String retention) {}

  Runtime runtime();

  /**
   * How far the metrics store has come with what its journal holds from before the start, in rows.
   * Done where {@code current} is {@code max}.
   */
  record Replay(long min, long max, long current) {}

  Replay replay();

  /** Service discoveries that can be configured, such as {@code static} and {@code file}. */
  List<String> discoveries();
}
