package dev.sextant.agent.core.context;

import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;

/**
 * Scopes that one advice opens and another closes: the compiler cannot see that they pair, the
 * weaver guarantees it.
 */
public final class OpenScope {
  private OpenScope() {}

  /** Makes the context current on this thread; the caller closes the scope on this thread. */
  @SuppressWarnings("MustBeClosedChecker")
  public static Scope of(Context context) {
    return context.makeCurrent();
  }
}
