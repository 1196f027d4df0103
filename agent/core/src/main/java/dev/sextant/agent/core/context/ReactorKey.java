package dev.sextant.agent.core.context;

/** Where instrumentations of reactive libraries keep the trace context in Reactor's own context. */
public final class ReactorKey {
  public static final String NAME = "dev.sextant.agent.context";

  private ReactorKey() {}
}
