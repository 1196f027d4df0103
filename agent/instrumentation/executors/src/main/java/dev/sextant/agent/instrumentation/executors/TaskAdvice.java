package dev.sextant.agent.instrumentation.executors;

import dev.sextant.agent.bootstrap.TaskContext;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import net.bytebuddy.asm.Advice;

/** Tasks that are wrapped as they are handed over. */
public final class TaskAdvice {
  private TaskAdvice() {}

  /** A runnable that becomes a future. */
  public static final class OfRunnable {
    private OfRunnable() {}

    @Advice.OnMethodEnter(suppress = Throwable.class)
    public static void enter(@Advice.Argument(value = 0, readOnly = false) Runnable task) {
      task = TaskContext.wrap(task);
    }
  }

  /** A runnable for a pool that takes its own futures as they are. */
  public static final class OfPlainRunnable {
    private OfPlainRunnable() {}

    @Advice.OnMethodEnter(suppress = Throwable.class)
    public static void enter(@Advice.Argument(value = 0, readOnly = false) Runnable task) {
      if (!(task instanceof Future)) {
        task = TaskContext.wrap(task);
      }
    }
  }

  /** A callable. */
  public static final class OfCallable {
    private OfCallable() {}

    @Advice.OnMethodEnter(suppress = Throwable.class)
    public static void enter(@Advice.Argument(value = 0, readOnly = false) Callable<?> task) {
      task = TaskContext.wrap(task);
    }
  }
}
