package dev.sextant.agent.bootstrap;

import java.io.File;
import java.lang.instrument.Instrumentation;

/** Crosses from the bootstrap class loader into the agent's own. */
public final class AgentLaunch {
  private AgentLaunch() {}

  /** Starts the agent's core; call once, after the bootstrap class path was extended. */
  public static void start(Instrumentation instrumentation, File agentJar) throws Exception {
    new AgentClassLoader(agentJar)
        .loadClass("dev.sextant.agent.core.AgentStart")
        .getMethod("start", Instrumentation.class)
        .invoke(null, instrumentation);
  }
}
