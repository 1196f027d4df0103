package dev.sextant.benchmarks.traces;

import io.opentelemetry.proto.resource.v1.Resource;
import java.util.ArrayList;
import java.util.List;

/** The resources of a landscape's instances: fourteen attributes each, as in a cluster. */
final class Instances {
  private final List<Resource> resources = new ArrayList<>();

  Instances(Landscape landscape) {
    Words words = new Words();
    for (int i = 0; i < landscape.instances(); i++) {
      resources.add(resource(words, landscape.ofInstance(i), i));
    }
  }

  private static Resource resource(Words words, Service service, int instance) {
    int generation = (instance - service.firstInstance) / service.replicas;
    long look = Ids.mix(instance);
    String pod =
        service.name
            + "-"
            + Ids.hex(Ids.mix(service.firstInstance + generation)).substring(0, 9)
            + "-"
            + Ids.hex(look).substring(0, 5);
    int node = (int) Math.floorMod(look, 16L);
    return Resource.newBuilder()
        .addAttributes(words.text("service.name", service.name))
        .addAttributes(words.text("service.namespace", "shop"))
        .addAttributes(words.text("service.version", "4.%d.0".formatted(17 + generation)))
        .addAttributes(words.text("service.instance.id", pod))
        .addAttributes(words.text("deployment.environment.name", "production"))
        .addAttributes(words.text("host.name", "node-%02d.internal".formatted(node)))
        .addAttributes(words.text("k8s.namespace.name", "shop"))
        .addAttributes(words.text("k8s.deployment.name", service.name))
        .addAttributes(words.text("k8s.pod.name", pod))
        .addAttributes(words.text("k8s.node.name", "node-%02d".formatted(node)))
        .addAttributes(words.text("cloud.region", "eu-central-1"))
        .addAttributes(words.text("telemetry.sdk.language", service.language.sdk))
        .addAttributes(words.text("telemetry.sdk.name", "opentelemetry"))
        .addAttributes(words.text("telemetry.sdk.version", service.language.sdkVersion))
        .build();
  }

  Resource resource(int instance) {
    return resources.get(instance);
  }

  /** The instance of a service that takes a piece of work. */
  static int pick(Service service, double dayPart, long dice) {
    int generation =
        (int) Math.clamp(dayPart * Landscape.GENERATIONS, 0, Landscape.GENERATIONS - 1);
    return service.firstInstance
        + generation * service.replicas
        + (int) Math.floorMod(dice, (long) service.replicas);
  }
}
