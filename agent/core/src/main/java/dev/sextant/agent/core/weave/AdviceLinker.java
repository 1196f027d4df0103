package dev.sextant.agent.core.weave;

import dev.sextant.agent.bootstrap.AdviceLinkage;
import dev.sextant.agent.bootstrap.AgentClassLoader;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.ref.WeakReference;
import java.util.Map;
import java.util.WeakHashMap;
import org.jspecify.annotations.Nullable;

/** Links woven call sites to advice methods, with one instrumentation loader per class loader. */
final class AdviceLinker implements AdviceLinkage.Linker {
  /** For the test that a failing advice never changes what an application answers. */
  private static final boolean ALL_THROW = Boolean.getBoolean("sextant.agent.test.advice-throws");

  private final AgentClassLoader agent;
  private final Map<ClassLoader, WeakReference<InstrumentationLoader>> loaders =
      new WeakHashMap<>();
  private final InstrumentationLoader ofBootstrap;

  AdviceLinker(AgentClassLoader agent) {
    this.agent = agent;
    this.ofBootstrap = new InstrumentationLoader(agent, null);
  }

  @Override
  public MethodHandle link(
      MethodHandles.Lookup caller, String method, MethodType type, String advice) throws Throwable {
    if (ALL_THROW) {
      MethodHandle thrower =
          MethodHandles.throwException(type.returnType(), IllegalStateException.class)
              .bindTo(new IllegalStateException("advice " + advice + " throws for a test"));
      return MethodHandles.dropArguments(thrower, 0, type.parameterList());
    }
    Class<?> found = loaderFor(caller.lookupClass().getClassLoader()).loadClass(advice);
    return MethodHandles.publicLookup().findStatic(found, method, type);
  }

  private InstrumentationLoader loaderFor(@Nullable ClassLoader application) {
    if (application == null) {
      return ofBootstrap;
    }
    synchronized (loaders) {
      WeakReference<InstrumentationLoader> reference = loaders.get(application);
      InstrumentationLoader loader = reference == null ? null : reference.get();
      if (loader == null) {
        loader = new InstrumentationLoader(agent, application);
        loaders.put(application, new WeakReference<>(loader));
      }
      return loader;
    }
  }
}
