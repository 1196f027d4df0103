package dev.sextant.agent.bootstrap;

import java.util.concurrent.Callable;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/** A task that runs under the context it was handed over with; otherwise the task itself. */
abstract class Carried {
  private final Object carriedTask;
  final Object context;

  Carried(Object carriedTask, Object context) {
    this.carriedTask = carriedTask;
    this.context = context;
  }

  @Override
  public final String toString() {
    return carriedTask.toString();
  }

  static final class OfRunnable extends Carried implements Runnable {
    final Runnable task;

    OfRunnable(Runnable task, Object context) {
      super(task, context);
      this.task = task;
    }

    @Override
    public void run() {
      Object scope = TaskContext.attach(context);
      try {
        task.run();
      } finally {
        TaskContext.detach(scope);
      }
    }
  }

  static final class OfCallable<T> extends Carried implements Callable<T> {
    final Callable<T> task;

    OfCallable(Callable<T> task, Object context) {
      super(task, context);
      this.task = task;
    }

    @Override
    public T call() throws Exception {
      Object scope = TaskContext.attach(context);
      try {
        return task.call();
      } finally {
        TaskContext.detach(scope);
      }
    }
  }

  static final class OfSupplier<T> extends Carried implements Supplier<T> {
    final Supplier<T> task;

    OfSupplier(Supplier<T> task, Object context) {
      super(task, context);
      this.task = task;
    }

    @Override
    public T get() {
      Object scope = TaskContext.attach(context);
      try {
        return task.get();
      } finally {
        TaskContext.detach(scope);
      }
    }
  }

  static final class OfFunction<T, R> extends Carried implements Function<T, R> {
    final Function<T, R> task;

    OfFunction(Function<T, R> task, Object context) {
      super(task, context);
      this.task = task;
    }

    @Override
    public R apply(T value) {
      Object scope = TaskContext.attach(context);
      try {
        return task.apply(value);
      } finally {
        TaskContext.detach(scope);
      }
    }
  }

  static final class OfConsumer<T> extends Carried implements Consumer<T> {
    final Consumer<T> task;

    OfConsumer(Consumer<T> task, Object context) {
      super(task, context);
      this.task = task;
    }

    @Override
    public void accept(T value) {
      Object scope = TaskContext.attach(context);
      try {
        task.accept(value);
      } finally {
        TaskContext.detach(scope);
      }
    }
  }

  static final class OfBiFunction<T, U, R> extends Carried implements BiFunction<T, U, R> {
    final BiFunction<T, U, R> task;

    OfBiFunction(BiFunction<T, U, R> task, Object context) {
      super(task, context);
      this.task = task;
    }

    @Override
    public R apply(T first, U second) {
      Object scope = TaskContext.attach(context);
      try {
        return task.apply(first, second);
      } finally {
        TaskContext.detach(scope);
      }
    }
  }

  static final class OfBiConsumer<T, U> extends Carried implements BiConsumer<T, U> {
    final BiConsumer<T, U> task;

    OfBiConsumer(BiConsumer<T, U> task, Object context) {
      super(task, context);
      this.task = task;
    }

    @Override
    public void accept(T first, U second) {
      Object scope = TaskContext.attach(context);
      try {
        task.accept(first, second);
      } finally {
        TaskContext.detach(scope);
      }
    }
  }
}
