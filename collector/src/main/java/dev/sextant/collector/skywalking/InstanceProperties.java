package dev.sextant.collector.skywalking;

import dev.sextant.storage.otlp.AttributeValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Turns what an agent tells of its instance into attributes of the instance's resource. */
final class InstanceProperties {
  static final int MOST = 32;
  static final int LONGEST = 256;

  /** Lists of libraries, and command lines, which may hold secrets. */
  private static final Set<String> LEFT_OUT = Set.of("JVM Arguments", "Jar Dependencies");

  private final Map<String, AttributeValue> resource;
  private final List<AttributeValue> addresses = new ArrayList<>();

  InstanceProperties(Instance instance) {
    resource = instance.resource();
  }

  /** Adds one; beyond {@value #MOST} or longer than {@value #LONGEST} characters it is left out. */
  void add(KeyValue property) {
    String value = property.value();
    if (property.key().isEmpty()
        || value.isEmpty()
        || LEFT_OUT.contains(property.key())
        || value.length() > LONGEST
        || property.key().length() > LONGEST
        || resource.size() + addresses.size() >= MOST) {
      return;
    }
    switch (property.key()) {
      case "OS Name", "os_name" -> operatingSystem(value);
      case "hostname", "host_name" -> put("host.name", value);
      case "Process No.", "process_no", "process_num" -> processId(value);
      case "language" -> put("telemetry.sdk.language", value.toLowerCase(Locale.ROOT));
      case "ipv4", "ipv6" -> addresses.add(AttributeValue.of(value));
      case "ipv4s" -> List.of(value.split(",")).forEach(ip -> addresses.add(text(ip.trim())));
      default -> put(name(property.key()), value);
    }
  }

  Map<String, AttributeValue> resource() {
    if (!addresses.isEmpty()) {
      resource.put("host.ip", new AttributeValue.Array(addresses));
    }
    return resource;
  }

  private static AttributeValue text(String value) {
    return AttributeValue.of(value);
  }

  /** The first property of a name holds; what says who the instance is cannot be said again. */
  private void put(String key, String value) {
    resource.putIfAbsent(key, text(value));
  }

  private void operatingSystem(String name) {
    put("os.name", name);
    String lower = name.toLowerCase(Locale.ROOT);
    if (lower.startsWith("linux")) {
      put("os.type", "linux");
    } else if (lower.startsWith("windows")) {
      put("os.type", "windows");
    } else if (lower.startsWith("mac")) {
      put("os.type", "darwin");
    }
  }

  private void processId(String text) {
    try {
      resource.putIfAbsent("process.pid", AttributeValue.of(Long.parseLong(text)));
    } catch (NumberFormatException noNumber) {
      put("sw8.process_no", text);
    }
  }

  /** {@code Start Time} becomes {@code sw8.start_time}. */
  private static String name(String key) {
    StringBuilder name = new StringBuilder("sw8.");
    for (int i = 0; i < key.length(); i++) {
      char c = Character.toLowerCase(key.charAt(i));
      name.append(Character.isLetterOrDigit(c) || c == '.' ? c : '_');
    }
    return name.toString();
  }
}
