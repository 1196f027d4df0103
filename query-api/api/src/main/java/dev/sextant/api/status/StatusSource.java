package dev.sextant.api.status;

import java.util.List;
import java.util.Map;

/** What the process knows of itself; the server implements it. Thread-safe. */
public interface StatusSource {
  /**
   * The process at one moment.
   *
   * @param startedMillis since the epoch
   * @param ports by name: {@code ui}, {@code http}, {@code otlp_grpc}, {@code otlp_http}
   * @param spans and {@code samples}, {@code lines}: rows accepted since the start
   * @param refused the latest refused ingest requests, newest first
   * @param usableBytes free on the data directory's disk
   * @param dataBytes that the files of the data directory hold, snapshots among them; may be some
   *     seconds old
   * @param agentJar where the agent lies on this host; empty where it is not there
   */
  record Status(
      String version,
      long startedMillis,
      Map<String, Integer> ports,
      long spans,
      long samples,
      long lines,
      List<Refused> refused,
      long usableBytes,
      long dataBytes,
      String agentJar) {}

  /** A refused request. */
  record Refused(long timeMillis, String path, int status, String reason) {}

  Status status();
}
