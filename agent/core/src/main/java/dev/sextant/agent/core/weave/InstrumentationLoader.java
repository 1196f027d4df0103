package dev.sextant.agent.core.weave;

import dev.sextant.agent.bootstrap.AgentClassLoader;
import org.jspecify.annotations.Nullable;

/**
 * Sees a library through the application's class loader and the agent through its own, and defines
 * advice and what it uses anew between the two. It lives as long as the call sites linked to it.
 */
final class InstrumentationLoader extends ClassLoader {
  static {
    registerAsParallelCapable();
  }

  private static final String AGENT = "dev.sextant.agent.";
  private static final String INSTRUMENTATION = AGENT + "instrumentation.";

  private final AgentClassLoader agent;
  private final @Nullable ClassLoader application;

  InstrumentationLoader(AgentClassLoader agent, @Nullable ClassLoader application) {
    super(agent);
    this.agent = agent;
    this.application = application;
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (name.startsWith(INSTRUMENTATION)) {
      return own(name);
    }
    if (name.startsWith(AGENT)) {
      return agent.loadClass(name);
    }
    return Class.forName(name, false, application);
  }

  private Class<?> own(String name) throws ClassNotFoundException {
    synchronized (getClassLoadingLock(name)) {
      Class<?> loaded = findLoadedClass(name);
      if (loaded != null) {
        return loaded;
      }
      byte[] bytes = agent.classBytes(name);
      if (bytes == null) {
        throw new ClassNotFoundException(name);
      }
      return defineClass(name, bytes, 0, bytes.length);
    }
  }
}
