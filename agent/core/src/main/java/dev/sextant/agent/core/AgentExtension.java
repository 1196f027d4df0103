package dev.sextant.agent.core;

/** Something the agent runs beside woven code; found through {@link java.util.ServiceLoader}. */
public interface AgentExtension {
  /** Also the switch: {@code otel.instrumentation.<name>.enabled}. */
  String name();

  /** Called once at start; must not block. */
  void start();
}
