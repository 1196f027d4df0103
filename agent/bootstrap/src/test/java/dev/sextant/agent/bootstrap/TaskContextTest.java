package dev.sextant.agent.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.PriorityBlockingQueue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TaskContextTest {
  private @Nullable Object current = "request";
  private boolean broken;
  private final List<String> events = new ArrayList<>();

  @BeforeEach
  void install() {
    TaskContext.install(
        new TaskContext.Carrier() {
          @Override
          public @Nullable Object capture() {
            return current;
          }

          @Override
          public Object attach(Object context) {
            if (broken) {
              throw new IllegalStateException("broken carrier");
            }
            events.add("attach " + context);
            return context;
          }

          @Override
          public void detach(Object scope) {
            events.add("detach " + scope);
          }
        });
  }

  @AfterEach
  void uninstall() {
    current = null;
  }

  /** Shows itself by name, for wrappers must not hide it. */
  private final class Task implements Runnable {
    @Override
    public void run() {
      events.add("run");
    }

    @Override
    public String toString() {
      return "the task";
    }
  }

  @Test
  void task_runsInsideTheContextItWasHandedOverWith() {
    task().run();
    assertThat(events).containsExactly("attach request", "run", "detach request");
  }

  private Runnable task() {
    return TaskContext.wrap(foreign(new Task()));
  }

  /** Tasks of the agent's own package are never wrapped, so tests hand in one of the JDK's. */
  private static Runnable foreign(Runnable task) {
    return new FutureTask<>(task, null);
  }

  @Test
  void withoutContext_taskStaysItself() {
    current = null;
    Runnable task = foreign(new Task());
    assertThat(TaskContext.wrap(task)).isSameAs(task);
  }

  @Test
  void wrappedTask_isNotWrappedAgain() {
    Runnable wrapped = task();
    assertThat(TaskContext.wrap(wrapped)).isSameAs(wrapped);
  }

  @Test
  void wrappedTask_showsTheTasksName() {
    Runnable task = foreign(new Task());
    assertThat(TaskContext.wrap(task)).hasToString(task.toString());
  }

  @Test
  void tasksOfTheAgent_areNotCarried() {
    Runnable own = new Task();
    assertThat(TaskContext.wrap(own)).isSameAs(own);
  }

  @Test
  void brokenCarrier_neverKeepsTheTaskFromRunning() {
    Runnable wrapped = task();
    broken = true;
    wrapped.run();
    assertThat(events).containsExactly("run");
  }

  @Test
  void failingTask_failsAsEverAndIsDetached() {
    Callable<?> adapted = Executors.callable((Runnable) TaskContextTest::fail);
    Callable<?> wrapped = TaskContext.wrap(adapted);
    assertThatThrownBy(wrapped::call)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("of the task");
    assertThat(events).containsExactly("attach request", "detach request");
  }

  private static void fail() {
    throw new IllegalStateException("of the task");
  }

  @Test
  void futuresAndOrderedQueues_areLeftAlone() {
    Runnable future = foreign(new Task());
    assertThat(TaskContext.wrapQueued(future, new LinkedBlockingQueue<>())).isSameAs(future);
    Runnable plain = Thread.currentThread();
    assertThat(TaskContext.wrapQueued(plain, new PriorityBlockingQueue<>())).isSameAs(plain);
    assertThat(TaskContext.wrapQueued(plain, new LinkedBlockingQueue<>())).isNotSameAs(plain);
  }

  @Test
  void queuedTask_isRemovedAndReturnedUnderItsOwnIdentity() {
    Runnable plain = Thread.currentThread();
    LinkedBlockingQueue<Runnable> queue = new LinkedBlockingQueue<>();
    queue.add(TaskContext.wrapQueued(plain, queue));
    List<Runnable> drained = new ArrayList<>(queue);
    TaskContext.unwrapAll(drained);
    assertThat(drained).isEqualTo(Arrays.asList(plain));
    assertThat(TaskContext.removeWrapped(queue, plain)).isTrue();
    assertThat(queue).isEmpty();
    assertThat(TaskContext.removeWrapped(queue, plain)).isFalse();
  }
}
