package dev.sextant.agent.instrumentation.runtimemetrics;

import dev.sextant.agent.core.AgentExtension;
import dev.sextant.agent.core.telemetry.Telemetry;
import io.opentelemetry.api.metrics.Meter;

/** Registers the {@code jvm.*} metrics, read from the platform's beans at each export. */
public final class RuntimeMetrics implements AgentExtension {
  @Override
  public String name() {
    return "runtime-telemetry";
  }

  @Override
  public void start() {
    Meter meter = Telemetry.meter("runtime-telemetry");
    MemoryMetrics.register(meter);
    GarbageCollection.register(meter);
    ThreadMetrics.register(meter);
    ClassAndCpuMetrics.register(meter);
  }
}
