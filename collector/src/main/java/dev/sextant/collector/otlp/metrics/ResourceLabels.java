package dev.sextant.collector.otlp.metrics;

import dev.sextant.metrics.model.Labels;
import dev.sextant.storage.otlp.Attributes;
import java.util.Set;
import java.util.TreeMap;

/**
 * A resource as labels.
 *
 * @param target {@code job} and {@code instance}, where the resource says them
 * @param info the target's labels and every other attribute: the series {@code target_info}; {@link
 *     Labels#EMPTY} where there is nothing to tell or nobody to tell it of
 */
record ResourceLabels(Labels target, Labels info) {
  private static final Set<String> IDENTIFYING =
      Set.of("service.name", "service.namespace", "service.instance.id");

  static ResourceLabels of(Attributes attributes) {
    String name = attributes.text("service.name");
    String namespace = attributes.text("service.namespace");
    String job = namespace.isEmpty() || name.isEmpty() ? name : namespace + "/" + name;
    Labels target = Labels.of("job", job, "instance", attributes.text("service.instance.id"));
    TreeMap<String, String> info = new TreeMap<>();
    for (Attributes.Entry entry : attributes.entries()) {
      if (!IDENTIFYING.contains(entry.key())) {
        PointLabels.put(info, LabelNames.of(entry.key()), entry.value().asText());
      }
    }
    info.values().removeIf(String::isEmpty);
    if (info.isEmpty() || target.size() == 0) {
      return new ResourceLabels(target, Labels.EMPTY);
    }
    target.forEach(info::put);
    info.put(Labels.NAME, "target_info");
    return new ResourceLabels(target, Labels.of(info));
  }
}
