package dev.sextant.agent.instrumentation.executors;

import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.namedOneOf;
import static net.bytebuddy.matcher.ElementMatchers.takesArgument;
import static net.bytebuddy.matcher.ElementMatchers.takesArguments;

import dev.sextant.agent.core.weave.LibraryInstrumentation;
import dev.sextant.agent.core.weave.TypeRule;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.matcher.ElementMatcher;

/**
 * Where a task is handed over. Periodic tasks are left out, they belong to no request. All advice
 * here is copied into the JDK's classes.
 */
public final class ExecutorsInstrumentation implements LibraryInstrumentation {
  private static final String PACKAGE = "dev.sextant.agent.instrumentation.executors.";
  private static final String JUC = "java.util.concurrent.";
  private static final ElementMatcher.Junction<MethodDescription> RUNNABLE =
      takesArgument(0, Runnable.class);
  private static final ElementMatcher.Junction<MethodDescription> CALLABLE =
      takesArgument(0, Callable.class);

  @Override
  public String name() {
    return "executors";
  }

  @Override
  public List<TypeRule> rules() {
    List<TypeRule> rules = new ArrayList<>(pools());
    rules.add(completableFuture());
    for (TypeRule rule : rules) {
      rule.inlined();
    }
    return rules;
  }

  private static List<TypeRule> pools() {
    return Arrays.asList(
        TypeRule.named(JUC + "ThreadPoolExecutor")
            .advise(named("execute").and(RUNNABLE), PACKAGE + "PoolAdvice$Execute")
            .advise(named("remove").and(RUNNABLE), PACKAGE + "PoolAdvice$Remove")
            .advise(named("shutdownNow"), PACKAGE + "PoolAdvice$ShutdownNow")
            .advise(named("reject").and(RUNNABLE), PACKAGE + "PoolAdvice$UnwrapFirst"),
        TypeRule.subtypesOf(JUC + "ThreadPoolExecutor", "Executor", "Pool")
            .advise(
                named("beforeExecute").and(takesArguments(2)), PACKAGE + "PoolAdvice$UnwrapSecond")
            .advise(
                named("afterExecute").and(takesArguments(2)), PACKAGE + "PoolAdvice$UnwrapFirst"),
        TypeRule.named(JUC + "AbstractExecutorService")
            .advise(named("newTaskFor").and(RUNNABLE), PACKAGE + "TaskAdvice$OfRunnable")
            .advise(named("newTaskFor").and(CALLABLE), PACKAGE + "TaskAdvice$OfCallable"),
        TypeRule.named(JUC + "ScheduledThreadPoolExecutor")
            .advise(named("schedule").and(RUNNABLE), PACKAGE + "TaskAdvice$OfRunnable")
            .advise(named("schedule").and(CALLABLE), PACKAGE + "TaskAdvice$OfCallable"),
        TypeRule.named(JUC + "ForkJoinPool", JUC + "ThreadPerTaskExecutor")
            .advise(
                namedOneOf("execute", "submit", "schedule").and(RUNNABLE),
                PACKAGE + "TaskAdvice$OfPlainRunnable")
            .advise(
                namedOneOf("submit", "schedule").and(CALLABLE), PACKAGE + "TaskAdvice$OfCallable"),
        TypeRule.named(JUC + "StructuredTaskScope", JUC + "StructuredTaskScopeImpl")
            .advise(named("fork").and(CALLABLE), PACKAGE + "TaskAdvice$OfCallable"));
  }

  /** Stages that name an executor run under the context in which they were added. */
  private static TypeRule completableFuture() {
    ElementMatcher.Junction<MethodDescription> stage =
        takesArgument(0, Executor.class)
            .and(
                namedOneOf(
                    "asyncSupplyStage",
                    "asyncRunStage",
                    "uniApplyStage",
                    "uniAcceptStage",
                    "uniRunStage",
                    "uniWhenCompleteStage",
                    "uniHandleStage",
                    "uniComposeStage",
                    "uniExceptionallyStage",
                    "uniComposeExceptionallyStage",
                    "biApplyStage",
                    "biAcceptStage",
                    "biRunStage",
                    "orApplyStage",
                    "orAcceptStage",
                    "orRunStage"));
    String advice = PACKAGE + "StageAdvice$";
    return TypeRule.named(JUC + "CompletableFuture")
        .advise(stage.and(takesArgument(1, Supplier.class)), advice + "SecondSupplier")
        .advise(stage.and(takesArgument(1, Runnable.class)), advice + "SecondRunnable")
        .advise(stage.and(takesArgument(1, Function.class)), advice + "SecondFunction")
        .advise(stage.and(takesArgument(1, Consumer.class)), advice + "SecondConsumer")
        .advise(stage.and(takesArgument(1, BiFunction.class)), advice + "SecondBiFunction")
        .advise(stage.and(takesArgument(1, BiConsumer.class)), advice + "SecondBiConsumer")
        .advise(stage.and(takesArgument(2, Runnable.class)), advice + "ThirdRunnable")
        .advise(stage.and(takesArgument(2, Function.class)), advice + "ThirdFunction")
        .advise(stage.and(takesArgument(2, Consumer.class)), advice + "ThirdConsumer")
        .advise(stage.and(takesArgument(2, BiFunction.class)), advice + "ThirdBiFunction")
        .advise(stage.and(takesArgument(2, BiConsumer.class)), advice + "ThirdBiConsumer");
  }
}
