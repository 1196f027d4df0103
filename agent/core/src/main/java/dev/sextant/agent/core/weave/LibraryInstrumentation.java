package dev.sextant.agent.core.weave;

import java.util.List;

/**
 * What the agent knows about one library. Found through {@link java.util.ServiceLoader}; loaded
 * without the library, so an implementation names the library's classes as text only.
 */
public interface LibraryInstrumentation {
  /** Also the switch: {@code otel.instrumentation.<name>.enabled}. */
  String name();

  /** The types to weave and the advice for each; read once at start. */
  List<TypeRule> rules();
}
