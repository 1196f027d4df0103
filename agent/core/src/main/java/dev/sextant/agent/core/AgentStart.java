package dev.sextant.agent.core;

import dev.sextant.agent.bootstrap.AgentClassLoader;
import dev.sextant.agent.bootstrap.TaskContext;
import dev.sextant.agent.core.context.TaskCarrier;
import dev.sextant.agent.core.telemetry.SdkStart;
import dev.sextant.agent.core.telemetry.Setting;
import dev.sextant.agent.core.weave.LibraryInstrumentation;
import dev.sextant.agent.core.weave.Weaver;
import java.lang.instrument.Instrumentation;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;

/** Starts the agent's parts in order: telemetry first, so that the first span has where to go. */
public final class AgentStart {
  private AgentStart() {}

  /** Called reflectively by the premain class, once. */
  public static void start(Instrumentation instrumentation) throws Exception {
    AgentClassLoader loader = (AgentClassLoader) AgentStart.class.getClassLoader();
    SdkStart.start();
    TaskContext.install(new TaskCarrier());
    Weaver.install(instrumentation, loader, enabledLibraries(loader));
    Thread extensions = new Thread(() -> startExtensions(loader), "sextant-agent-start");
    extensions.setDaemon(true);
    extensions.start();
  }

  /** Beside the application's own start, for none of it concerns the first request. */
  private static void startExtensions(ClassLoader loader) {
    for (AgentExtension extension : ServiceLoader.load(AgentExtension.class, loader)) {
      try {
        if (isEnabled(extension.name())) {
          extension.start();
        }
      } catch (Throwable failure) {
        System.err.println("sextant-agent: " + extension.name() + " not started: " + failure);
      }
    }
  }

  private static List<LibraryInstrumentation> enabledLibraries(ClassLoader loader) {
    List<LibraryInstrumentation> enabled = new ArrayList<>();
    for (LibraryInstrumentation library :
        ServiceLoader.load(LibraryInstrumentation.class, loader)) {
      if (isEnabled(library.name())) {
        enabled.add(library);
      }
    }
    return enabled;
  }

  private static boolean isEnabled(String name) {
    boolean byDefault = Setting.flag("otel.instrumentation.common.default-enabled", true);
    return Setting.flag("otel.instrumentation." + name + ".enabled", byDefault);
  }
}
