package dev.sextant.agent.instrumentation.executors;

import dev.sextant.agent.bootstrap.TaskContext;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import net.bytebuddy.asm.Advice;

/** What {@code ThreadPoolExecutor} takes in and gives back. */
public final class PoolAdvice {
  private PoolAdvice() {}

  /** {@code execute}. */
  public static final class Execute {
    private Execute() {}

    @Advice.OnMethodEnter(suppress = Throwable.class)
    public static void enter(
        @Advice.Argument(value = 0, readOnly = false) Runnable task,
        @Advice.FieldValue("workQueue") BlockingQueue<Runnable> queue) {
      task = TaskContext.wrapQueued(task, queue);
    }
  }

  /** {@code remove}: the application names the task it handed in. */
  public static final class Remove {
    private Remove() {}

    @Advice.OnMethodExit(suppress = Throwable.class)
    public static void exit(
        @Advice.Argument(0) Runnable task,
        @Advice.FieldValue("workQueue") BlockingQueue<Runnable> queue,
        @Advice.Return(readOnly = false) boolean removed) {
      if (!removed) {
        removed = TaskContext.removeWrapped(queue, task);
      }
    }
  }

  /** {@code shutdownNow}: the application gets back the tasks it handed in. */
  public static final class ShutdownNow {
    private ShutdownNow() {}

    @Advice.OnMethodExit(suppress = Throwable.class)
    public static void exit(@Advice.Return List<Runnable> tasks) {
      TaskContext.unwrapAll(tasks);
    }
  }

  /** Methods whose first argument is a task as the application knows it. */
  public static final class UnwrapFirst {
    private UnwrapFirst() {}

    @Advice.OnMethodEnter(suppress = Throwable.class)
    public static void enter(@Advice.Argument(value = 0, readOnly = false) Runnable task) {
      task = TaskContext.unwrap(task);
    }
  }

  /** Methods whose second argument is a task as the application knows it. */
  public static final class UnwrapSecond {
    private UnwrapSecond() {}

    @Advice.OnMethodEnter(suppress = Throwable.class)
    public static void enter(@Advice.Argument(value = 1, readOnly = false) Runnable task) {
      task = TaskContext.unwrap(task);
    }
  }
}
