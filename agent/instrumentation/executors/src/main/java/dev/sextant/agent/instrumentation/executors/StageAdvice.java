package dev.sextant.agent.instrumentation.executors;

import dev.sextant.agent.bootstrap.TaskContext;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import net.bytebuddy.asm.Advice;

/**
 * Stages of {@code CompletableFuture}; without an executor they run wherever the previous one ends.
 */
public final class StageAdvice {
  private StageAdvice() {}

  /** The second argument is a {@code Supplier}. */
  public static final class SecondSupplier {
    private SecondSupplier() {}

    @Advice.OnMethodEnter(suppress = Throwable.class)
    public static void enter(
        @Advice.Argument(0) Object executor,
        @Advice.Argument(value = 1, readOnly = false) Supplier<?> stage) {
      if (executor != null) {
        stage = TaskContext.wrap(stage);
      }
    }
  }

  /** The second argument is a {@code Runnable}. */
  public static final class SecondRunnable {
    private SecondRunnable() {}

    @Advice.OnMethodEnter(suppress = Throwable.class)
    public static void enter(
        @Advice.Argument(0) Object executor,
        @Advice.Argument(value = 1, readOnly = false) Runnable stage) {
      if (executor != null) {
        stage = TaskContext.wrap(stage);
      }
    }
  }

  /** The second argument is a {@code Function}. */
  public static final class SecondFunction {
    private SecondFunction() {}

    @Advice.OnMethodEnter(suppress = Throwable.class)
    public static void enter(
        @Advice.Argument(0) Object executor,
        @Advice.Argument(value = 1, readOnly = false) Function<?, ?> stage) {
      if (executor != null) {
        stage = TaskContext.wrap(stage);
      }
    }
  }

  /** The second argument is a {@code Consumer}. */
  public static final class SecondConsumer {
    private SecondConsumer() {}

    @Advice.OnMethodEnter(suppress = Throwable.class)
    public static void enter(
        @Advice.Argument(0) Object executor,
        @Advice.Argument(value = 1, readOnly = false) Consumer<?> stage) {
      if (executor != null) {
        stage = TaskContext.wrap(stage);
      }
    }
  }

  /** The second argument is a {@code BiFunction}. */
  public static final class SecondBiFunction {
    private SecondBiFunction() {}

    @Advice.OnMethodEnter(suppress = Throwable.class)
    public static void enter(
        @Advice.Argument(0) Object executor,
        @Advice.Argument(value = 1, readOnly = false) BiFunction<?, ?, ?> stage) {
      if (executor != null) {
        stage = TaskContext.wrap(stage);
      }
    }
  }

  /** The second argument is a {@code BiConsumer}. */
  public static final class SecondBiConsumer {
    private SecondBiConsumer() {}

    @Advice.OnMethodEnter(suppress = Throwable.class)
    public static void enter(
        @Advice.Argument(0) Object executor,
        @Advice.Argument(value = 1, readOnly = false) BiConsumer<?, ?> stage) {
      if (executor != null) {
        stage = TaskContext.wrap(stage);
      }
    }
  }

  /** The third argument is a {@code Runnable}. */
  public static final class ThirdRunnable {
    private ThirdRunnable() {}

    @Advice.OnMethodEnter(suppress = Throwable.class)
    public static void enter(
        @Advice.Argument(0) Object executor,
        @Advice.Argument(value = 2, readOnly = false) Runnable stage) {
      if (executor != null) {
        stage = TaskContext.wrap(stage);
      }
    }
  }

  /** The third argument is a {@code Function}. */
  public static final class ThirdFunction {
    private ThirdFunction() {}

    @Advice.OnMethodEnter(suppress = Throwable.class)
    public static void enter(
        @Advice.Argument(0) Object executor,
        @Advice.Argument(value = 2, readOnly = false) Function<?, ?> stage) {
      if (executor != null) {
        stage = TaskContext.wrap(stage);
      }
    }
  }

  /** The third argument is a {@code Consumer}. */
  public static final class ThirdConsumer {
    private ThirdConsumer() {}

    @Advice.OnMethodEnter(suppress = Throwable.class)
    public static void enter(
        @Advice.Argument(0) Object executor,
        @Advice.Argument(value = 2, readOnly = false) Consumer<?> stage) {
      if (executor != null) {
        stage = TaskContext.wrap(stage);
      }
    }
  }

  /** The third argument is a {@code BiFunction}. */
  public static final class ThirdBiFunction {
    private ThirdBiFunction() {}

    @Advice.OnMethodEnter(suppress = Throwable.class)
    public static void enter(
        @Advice.Argument(0) Object executor,
        @Advice.Argument(value = 2, readOnly = false) BiFunction<?, ?, ?> stage) {
      if (executor != null) {
        stage = TaskContext.wrap(stage);
      }
    }
  }

  /** The third argument is a {@code BiConsumer}. */
  public static final class ThirdBiConsumer {
    private ThirdBiConsumer() {}

    @Advice.OnMethodEnter(suppress = Throwable.class)
    public static void enter(
        @Advice.Argument(0) Object executor,
        @Advice.Argument(value = 2, readOnly = false) BiConsumer<?, ?> stage) {
      if (executor != null) {
        stage = TaskContext.wrap(stage);
      }
    }
  }
}
