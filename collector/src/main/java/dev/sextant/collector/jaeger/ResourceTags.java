package dev.sextant.collector.jaeger;

import dev.sextant.storage.otlp.AttributeValue;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * A process as OTLP's resource: {@code service.name} first, then its tags, those that Jaeger's own
 * clients set under OpenTelemetry's names.
 */
final class ResourceTags {
  private static final String SDK = "telemetry.sdk.";
  private static final String VERSION = "jaeger.version";

  private ResourceTags() {}

  static Map<String, AttributeValue> of(JaegerSpan.Process process) {
    Map<String, AttributeValue> resource = new LinkedHashMap<>();
    if (!process.service().isEmpty()) {
      resource.put("service.name", AttributeValue.of(process.service()));
    }
    process.tags().forEach(resource::putIfAbsent);
    if (!resource.containsKey("host.name")) {
      AttributeValue host = resource.remove("hostname");
      if (host != null) {
        resource.put("host.name", host);
      }
    }
    if (resource.get(VERSION) instanceof AttributeValue.Text(String version)
        && resource.keySet().stream().noneMatch(key -> key.startsWith(SDK))) {
      resource.remove(VERSION);
      sdk(version, resource);
    }
    return resource;
  }

  /** {@code Java-1.8.1} and the like. */
  private static void sdk(String version, Map<String, AttributeValue> resource) {
    int dash = version.indexOf('-');
    resource.put(SDK + "name", AttributeValue.of("jaeger"));
    if (dash > 0) {
      resource.put(SDK + "language", AttributeValue.of(language(version.substring(0, dash))));
    }
    resource.put(SDK + "version", AttributeValue.of(version.substring(dash + 1)));
  }

  private static String language(String client) {
    String lower = client.toLowerCase(Locale.ROOT);
    return switch (lower) {
      case "node" -> "nodejs";
      case "c++" -> "cpp";
      case "csharp" -> "dotnet";
      default -> lower;
    };
  }
}
