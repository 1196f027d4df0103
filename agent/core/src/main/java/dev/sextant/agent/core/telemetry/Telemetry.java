package dev.sextant.agent.core.telemetry;

import dev.sextant.agent.core.propagation.TraceHeaders;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.logs.LoggerProvider;
import io.opentelemetry.api.metrics.Meter;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.propagation.TextMapPropagator;

/** The agent's one OpenTelemetry instance; does nothing until the agent has started. */
public final class Telemetry {
  private static volatile OpenTelemetry current = OpenTelemetry.noop();
  private static volatile TextMapPropagator headers = TraceHeaders.none();

  private Telemetry() {}

  /** Called once, before any advice can run. */
  public static void install(OpenTelemetry telemetry, TextMapPropagator propagator) {
    current = telemetry;
    headers = propagator;
  }

  /** A tracer whose scope is {@code dev.sextant.agent.<instrumentation>}. */
  public static Tracer tracer(String instrumentation) {
    return current.getTracer(scope(instrumentation));
  }

  /** A meter whose scope is {@code dev.sextant.agent.<instrumentation>}. */
  public static Meter meter(String instrumentation) {
    return current.getMeter(scope(instrumentation));
  }

  /** Where log records of the application go. */
  public static LoggerProvider logs() {
    return current.getLogsBridge();
  }

  /** Reads and writes trace context in headers. */
  public static TextMapPropagator propagator() {
    return headers;
  }

  private static String scope(String instrumentation) {
    return "dev.sextant.agent." + instrumentation;
  }
}
