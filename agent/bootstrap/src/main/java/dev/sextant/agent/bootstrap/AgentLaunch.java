package dev.sextant.agent.bootstrap;

import java.io.File;
import java.lang.instrument.Instrumentation;
import java.util.concurrent.atomic.AtomicBoolean;

/** Crosses from the bootstrap class loader into the agent's own. */
public final class AgentLaunch {
  private static final AtomicBoolean STARTED = new AtomicBoolean();

  private AgentLaunch() {}

  /**
   * Starts the agent's core, after the bootstrap class path was extended. Does nothing where the
   * agent was named twice on the command line.
   */
  public static void start(Instrumentation instrumentation, File agentJar) throws Exception {
    if (!STARTED.compareAndSet(false, true)) {
      return;
    }
    new AgentClassLoader(agentJar)
        .loadClass("dev.sextant.agent.core.AgentStart")
        .getMethod("start", Instrumentation.class)
        .invoke(null, instrumentation);
  }
}
