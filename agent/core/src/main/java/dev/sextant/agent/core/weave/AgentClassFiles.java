package dev.sextant.agent.core.weave;

import dev.sextant.agent.bootstrap.AgentClassLoader;
import net.bytebuddy.dynamic.ClassFileLocator;

/** The agent's own class files, as the weaver reads them. */
final class AgentClassFiles implements ClassFileLocator {
  private final AgentClassLoader agent;

  AgentClassFiles(AgentClassLoader agent) {
    this.agent = agent;
  }

  @Override
  public Resolution locate(String name) {
    byte[] bytes = agent.classBytes(name);
    return bytes == null ? new Resolution.Illegal(name) : new Resolution.Explicit(bytes);
  }

  @Override
  public void close() {}
}
