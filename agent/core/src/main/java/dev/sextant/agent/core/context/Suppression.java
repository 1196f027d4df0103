package dev.sextant.agent.core.context;

import io.opentelemetry.context.Context;
import io.opentelemetry.context.ContextKey;
import io.opentelemetry.context.Scope;

/** Keeps the agent from observing itself. */
public final class Suppression {
  private static final ContextKey<Boolean> KEY = ContextKey.named("sextant-suppression");

  private Suppression() {}

  /** Runs something of the agent's own that no instrumentation is to see. */
  public static void run(Runnable task) {
    try (Scope ignored = Context.root().with(KEY, true).makeCurrent()) {
      task.run();
    }
  }

  public static boolean isActive(Context context) {
    return context.get(KEY) != null;
  }
}
