package dev.sextant.agent;

import dev.sextant.agent.bootstrap.AgentLaunch;
import java.io.File;
import java.lang.instrument.Instrumentation;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.util.jar.JarFile;
import org.jspecify.annotations.Nullable;

/**
 * The {@code Premain-Class}: the only class of the agent that the system class loader sees.
 *
 * <p>Whatever goes wrong here or below, the application starts as if the agent were not there and
 * one line on standard error says why.
 */
public final class SextantAgent {
  private SextantAgent() {}

  /** Called by the JVM before {@code main}; never throws. */
  public static void premain(@Nullable String arguments, Instrumentation instrumentation) {
    String java = System.getProperty("java.specification.version", "unknown");
    if (!isSupported(java)) {
      System.err.println("sextant-agent: not started: Java " + java + " is older than Java 8");
      return;
    }
    try {
      if (isEnabled()) {
        File jar = ownJar();
        instrumentation.appendToBootstrapClassLoaderSearch(new JarFile(jar, false));
        AgentLaunch.start(instrumentation, jar);
      }
    } catch (Throwable failure) {
      Throwable cause =
          failure instanceof InvocationTargetException && failure.getCause() != null
              ? failure.getCause()
              : failure;
      System.err.println("sextant-agent: not started, the application runs without it: " + cause);
      if (Boolean.getBoolean("otel.javaagent.debug")) {
        cause.printStackTrace();
      }
    }
  }

  static boolean isSupported(String specificationVersion) {
    return !specificationVersion.matches("1\\.[0-7]");
  }

  private static boolean isEnabled() {
    String value = System.getProperty("otel.javaagent.enabled");
    if (value == null) {
      value = System.getenv("OTEL_JAVAAGENT_ENABLED");
    }
    return value == null || !value.trim().equalsIgnoreCase("false");
  }

  private static File ownJar() throws Exception {
    URL location = SextantAgent.class.getProtectionDomain().getCodeSource().getLocation();
    File jar = new File(location.toURI());
    if (!jar.isFile()) {
      throw new IllegalStateException("the agent is not a jar file: " + location);
    }
    return jar;
  }
}
