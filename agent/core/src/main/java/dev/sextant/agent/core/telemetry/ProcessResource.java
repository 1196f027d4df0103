package dev.sextant.agent.core.telemetry;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.resources.ResourceBuilder;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Describes this process where the user's settings do not. */
final class ProcessResource {
  private static final AttributeKey<String> SERVICE_NAME = AttributeKey.stringKey("service.name");
  private static final AttributeKey<String> INSTANCE =
      AttributeKey.stringKey("service.instance.id");

  private ProcessResource() {}

  /** Attributes already present win. */
  static Resource complete(Resource configured) {
    ResourceBuilder own = Resource.builder();
    put(own, "host.name", hostName());
    put(own, "host.arch", System.getProperty("os.arch"));
    put(own, "os.type", osType(System.getProperty("os.name", "")));
    put(own, "process.runtime.name", System.getProperty("java.runtime.name"));
    put(own, "process.runtime.version", System.getProperty("java.runtime.version"));
    put(
        own,
        "process.runtime.description",
        System.getProperty("java.vm.vendor")
            + " "
            + System.getProperty("java.vm.name")
            + " "
            + System.getProperty("java.vm.version"));
    put(own, "telemetry.distro.name", "sextant-agent");
    put(own, "telemetry.distro.version", version());
    if (configured.getAttribute(INSTANCE) == null) {
      put(own, "service.instance.id", UUID.randomUUID().toString());
    }
    Long pid = pid();
    if (pid != null) {
      own.put("process.pid", (long) pid);
    }
    Resource complete = own.build().merge(configured);
    String service = configured.getAttribute(SERVICE_NAME);
    if (service == null || service.startsWith("unknown_service")) {
      String guessed = programName(System.getProperty("sun.java.command"));
      if (guessed != null) {
        complete = complete.merge(Resource.builder().put(SERVICE_NAME, guessed).build());
      }
    }
    return complete;
  }

  /** The jar's name without its ending, or the main class' simple name. */
  static @Nullable String programName(@Nullable String command) {
    if (command == null || command.trim().isEmpty()) {
      return null;
    }
    String program = command.trim().split("\\s+", 2)[0];
    if (program.endsWith(".jar")) {
      return new File(program).getName().replaceFirst("\\.jar$", "");
    }
    return program.substring(Math.max(program.lastIndexOf('.'), program.lastIndexOf('/')) + 1);
  }

  static String osType(String osName) {
    String name = osName.toLowerCase(java.util.Locale.ROOT);
    return name.startsWith("windows")
        ? "windows"
        : name.startsWith("mac") ? "darwin" : name.split(" ", 2)[0];
  }

  private static void put(ResourceBuilder resource, String key, @Nullable String value) {
    if (value != null && !value.isEmpty()) {
      resource.put(key, value);
    }
  }

  /** Without asking a name server where the system knows the name itself. */
  private static @Nullable String hostName() {
    for (String variable : new String[] {"HOSTNAME", "COMPUTERNAME"}) {
      String value = System.getenv(variable);
      if (value != null && !value.isEmpty()) {
        return value;
      }
    }
    try {
      Path file = Paths.get("/proc/sys/kernel/hostname");
      return Files.isReadable(file)
          ? new String(Files.readAllBytes(file), StandardCharsets.UTF_8).trim()
          : InetAddress.getLocalHost().getHostName();
    } catch (IOException unknown) {
      return null;
    }
  }

  private static @Nullable Long pid() {
    try {
      File self = new File("/proc/self").getCanonicalFile();
      String name =
          self.getName().equals("self")
              ? ManagementFactory.getRuntimeMXBean().getName().split("@", 2)[0]
              : self.getName();
      return Long.valueOf(name);
    } catch (IOException | NumberFormatException unknown) {
      return null;
    }
  }

  private static @Nullable String version() {
    try (InputStream in =
        ProcessResource.class.getClassLoader().getResourceAsStream("META-INF/sextant-agent")) {
      return in == null
          ? null
          : new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8)).readLine();
    } catch (IOException unreadable) {
      return null;
    }
  }
}
