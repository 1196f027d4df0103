package dev.sextant.trace;

import dev.sextant.storage.otlp.TraceId;
import java.util.List;

/**
 * A trace in a list, computed over all its spans that the store holds.
 *
 * @param rootService service and {@code rootName} operation of the span without a parent, or of the
 *     earliest span where the root has not arrived
 * @param startNanos the earliest start
 * @param durationNanos the latest end minus the earliest start
 * @param errors how many spans have status error
 * @param databaseCalls how many spans of kind client name a database or cache ({@link
 *     dev.sextant.trace.model.DatabaseSystems}), as far as they have arrived
 * @param databaseNanos their durations together; calls that run side by side, or one within
 *     another, count each, so that it may exceed the trace's duration
 * @param services by self time, longest first
 */
public record TraceSummary(
    TraceId traceId,
    String rootService,
    String rootName,
    boolean rootSeen,
    long startNanos,
    long durationNanos,
    int spans,
    int errors,
    int databaseCalls,
    long databaseNanos,
    List<ServicePart> services) {

  /**
   * One service's part in a trace.
   *
   * @param selfNanos time in its spans that no child span covers
   */
  public record ServicePart(String service, int spans, int errors, long selfNanos) {}

  public TraceSummary {
    services = List.copyOf(services);
  }
}
