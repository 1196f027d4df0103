package dev.sextant.server.config;

import java.lang.reflect.RecordComponent;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Finds two settings that name one port, of which only one could be bound. */
final class PortClash {
  private PortClash() {}

  /**
   * @throws IllegalArgumentException naming both settings
   */
  static void check(ServerConfig.Ports ports) {
    Map<String, String> taken = new TreeMap<>();
    for (RecordComponent component : ServerConfig.Ports.class.getRecordComponents()) {
      String name = component.getName();
      Integer port = number(ports, component);
      if (port == null || port == 0) {
        continue;
      }
      String protocol = name.startsWith("jaegerUdp") ? "UDP" : "TCP";
      String other = taken.putIfAbsent(protocol + port, name);
      if (other != null) {
        throw new IllegalArgumentException(
            "%s and %s are both %s port %d; give each a port of its own, or 0 for any free one"
                .formatted(setting(other), setting(name), protocol, port));
      }
    }
  }

  private static @Nullable Integer number(ServerConfig.Ports ports, RecordComponent component) {
    try {
      return (Integer) component.getAccessor().invoke(ports);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("the ports cannot be read", e);
    }
  }

  private static String setting(String name) {
    return "listen.ports." + name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
  }
}
