package dev.sextant.api.tempo;

/**
 * Bounds of what Tempo's API answers, each with the setting that changes it.
 *
 * @param maxTraceBytes of one trace's spans as protobuf ({@code query.traces.max-trace-bytes})
 */
public record TempoLimits(long maxTraceBytes) {
  public static final TempoLimits DEFAULT = new TempoLimits(64 << 20);
}
