package dev.sextant.agent.core.context;

import dev.sextant.agent.bootstrap.TaskContext;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import org.jspecify.annotations.Nullable;

/** Carries OpenTelemetry's context for {@link TaskContext}. */
public final class TaskCarrier implements TaskContext.Carrier {
  private static final boolean ALL_THROW = Boolean.getBoolean("sextant.agent.test.advice-throws");

  @Override
  public @Nullable Object capture() {
    if (ALL_THROW) {
      throw new IllegalStateException("the task carrier throws for a test");
    }
    Context context = Context.current();
    return context == Context.root() ? null : context;
  }

  @Override
  public Object attach(Object context) {
    return OpenScope.of((Context) context);
  }

  @Override
  public void detach(Object scope) {
    ((Scope) scope).close();
  }
}
