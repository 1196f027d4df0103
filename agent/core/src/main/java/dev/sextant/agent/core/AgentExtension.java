package dev.sextant.agent.core;

/** Something the agent runs beside woven code; found through {@link java.util.ServiceLoader}. */
public interface AgentExtension {
  /** Also the switch: {@code otel.instrumentation.<name>.enabled}. */
  String name();

  /** Called once, on a thread of the agent, while the application starts. */
  void start();
}
