package dev.sextant.agent.bootstrap;

import java.util.List;
import java.util.ListIterator;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.concurrent.RunnableFuture;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Carries the current trace context from the thread that hands over a task to the thread that runs
 * it. Woven into {@code java.util.concurrent}: every method is free of locks, and a task without a
 * context to carry is handed on as it is.
 *
 * <p>Tasks of connection pools, event loops and servers are handed on unchanged too: they outlive
 * the request that happened to start them.
 */
public final class TaskContext {
  /** The trace context as the agent's core knows it; opaque here. */
  public interface Carrier {
    /** The context to carry, or null if there is none. */
    @Nullable Object capture();

    /** Makes a captured context current and returns what {@link #detach} needs. */
    Object attach(Object context);

    /** Undoes {@link #attach} on the same thread. */
    void detach(Object scope);
  }

  private static final String[] OWN_LIFE = {
    "com.zaxxer.hikari.", "io.netty.", "jdk.internal.net.http.", "org.apache.tomcat.",
    "org.apache.catalina.", "org.eclipse.jetty.", "com.mchange.v2.", "org.apache.commons.pool2.",
    "dev.sextant.agent.", "sun.net.httpserver.", "org.h2.", "com.mysql.cj.jdbc.AbandonedConnection"
  };

  private static volatile @Nullable Carrier carrier;

  private TaskContext() {}

  /** Installs the carrier; before this nothing is carried. */
  public static void install(Carrier newCarrier) {
    carrier = newCarrier;
  }

  public static Runnable wrap(Runnable task) {
    Object context = captureFor(task);
    return context == null ? task : new Carried.OfRunnable(task, context);
  }

  public static <T> Callable<T> wrap(Callable<T> task) {
    Object context = captureFor(task);
    return context == null ? task : new Carried.OfCallable<T>(task, context);
  }

  public static <T> Supplier<T> wrap(Supplier<T> task) {
    Object context = captureFor(task);
    return context == null ? task : new Carried.OfSupplier<T>(task, context);
  }

  public static <T, R> Function<T, R> wrap(Function<T, R> task) {
    Object context = captureFor(task);
    return context == null ? task : new Carried.OfFunction<T, R>(task, context);
  }

  public static <T> Consumer<T> wrap(Consumer<T> task) {
    Object context = captureFor(task);
    return context == null ? task : new Carried.OfConsumer<T>(task, context);
  }

  public static <T, U, R> BiFunction<T, U, R> wrap(BiFunction<T, U, R> task) {
    Object context = captureFor(task);
    return context == null ? task : new Carried.OfBiFunction<T, U, R>(task, context);
  }

  public static <T, U> BiConsumer<T, U> wrap(BiConsumer<T, U> task) {
    Object context = captureFor(task);
    return context == null ? task : new Carried.OfBiConsumer<T, U>(task, context);
  }

  /**
   * Wraps a task that goes straight into a pool's queue. Futures stay as they are, for pools cast
   * them; so does everything if the queue orders its elements.
   */
  public static Runnable wrapQueued(Runnable task, Queue<Runnable> queue) {
    if (task instanceof Future && !(task instanceof RunnableFuture && isForeign(task))) {
      return task;
    }
    if (task instanceof Comparable || queue instanceof PriorityBlockingQueue) {
      return task;
    }
    return wrap(task);
  }

  /** The task as the application handed it in. */
  public static Runnable unwrap(Runnable task) {
    return task instanceof Carried.OfRunnable ? ((Carried.OfRunnable) task).task : task;
  }

  /** Unwraps the elements in place; for lists that a pool returns to the application. */
  public static void unwrapAll(List<Runnable> tasks) {
    for (ListIterator<Runnable> each = tasks.listIterator(); each.hasNext(); ) {
      Runnable task = each.next();
      if (task instanceof Carried.OfRunnable) {
        each.set(((Carried.OfRunnable) task).task);
      }
    }
  }

  /** Removes one queued task that the application knows under its own identity. */
  public static boolean removeWrapped(Queue<Runnable> queue, Runnable task) {
    for (Runnable queued : queue) {
      if (queued instanceof Carried.OfRunnable
          && ((Carried.OfRunnable) queued).task.equals(task)
          && queue.remove(queued)) {
        return true;
      }
    }
    return false;
  }

  static @Nullable Object attach(Object context) {
    Carrier current = carrier;
    try {
      return current == null ? null : current.attach(context);
    } catch (Throwable failure) {
      AdviceLinkage.suppressed(failure);
      return null;
    }
  }

  static void detach(@Nullable Object scope) {
    Carrier current = carrier;
    if (current == null || scope == null) {
      return;
    }
    try {
      current.detach(scope);
    } catch (Throwable failure) {
      AdviceLinkage.suppressed(failure);
    }
  }

  private static @Nullable Object captureFor(@Nullable Object task) {
    Carrier current = carrier;
    if (current == null || task == null || task instanceof Carried || hasOwnLife(task)) {
      return null;
    }
    return current.capture();
  }

  private static boolean isForeign(Object task) {
    return !task.getClass().getName().startsWith("java.util.concurrent.");
  }

  private static boolean hasOwnLife(Object task) {
    String name = task.getClass().getName();
    for (String prefix : OWN_LIFE) {
      if (name.startsWith(prefix)) {
        return true;
      }
    }
    return false;
  }
}
