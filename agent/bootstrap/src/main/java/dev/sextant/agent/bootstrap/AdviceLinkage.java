package dev.sextant.agent.bootstrap;

import java.lang.invoke.CallSite;
import java.lang.invoke.ConstantCallSite;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Where woven code meets the agent. Each woven method holds an {@code invokedynamic} instruction
 * whose bootstrap method is {@link #bootstrap}; it is linked once, on first use, to the advice
 * method in the class loader that sees both the agent and the library.
 *
 * <p>A link that fails becomes a call that does nothing: the application never sees it.
 */
public final class AdviceLinkage {
  /** Finds advice methods; provided by the agent's core. */
  public interface Linker {
    /**
     * @param caller the woven class
     * @param method the advice method's name
     * @param type as the woven class sees it
     * @param advice the advice class' name, with dots
     */
    MethodHandle link(MethodHandles.Lookup caller, String method, MethodType type, String advice)
        throws Throwable;
  }

  private static final AtomicLong SUPPRESSED = new AtomicLong();
  private static final boolean DEBUG = Boolean.getBoolean("otel.javaagent.debug");
  private static volatile @Nullable Linker linker;

  private AdviceLinkage() {}

  /** Installs the linker; before this every advice does nothing. */
  public static void install(Linker newLinker) {
    linker = newLinker;
  }

  /** The bootstrap method of woven call sites; never throws. */
  public static CallSite bootstrap(
      MethodHandles.Lookup caller, String method, MethodType type, String advice) {
    Linker current = linker;
    if (current != null) {
      try {
        return new ConstantCallSite(current.link(caller, method, type, advice).asType(type));
      } catch (Throwable failure) {
        suppressed(failure);
      }
    }
    return new ConstantCallSite(nothing(type));
  }

  /** Called by woven code with what an advice threw. */
  public static void suppressed(Throwable failure) {
    if (SUPPRESSED.getAndIncrement() < 5 || DEBUG) {
      System.err.println("sextant-agent: an instrumentation failed and was skipped: " + failure);
      if (DEBUG) {
        failure.printStackTrace();
      }
    }
  }

  /** How many failures of advices were kept from the application so far. */
  public static long suppressedCount() {
    return SUPPRESSED.get();
  }

  static MethodHandle nothing(MethodType type) {
    Class<?> result = type.returnType();
    MethodHandle value =
        result == void.class
            ? MethodHandles.constant(Object.class, null).asType(MethodType.methodType(void.class))
            : MethodHandles.constant(Object.class, null).asType(MethodType.methodType(result));
    return MethodHandles.dropArguments(value, 0, type.parameterList());
  }
}
