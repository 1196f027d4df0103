package dev.sextant.collector.otlp.metrics;

import dev.sextant.collector.receive.SeriesLimits;
import dev.sextant.metrics.model.Labels;
import dev.sextant.storage.otlp.Attributes;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A resource as labels.
 *
 * @param id a number that no other resource has; 0 where it is not remembered
 * @param target {@code job} and {@code instance}, where the resource says them
 * @param info the target's labels and every other attribute: the series {@code target_info}; {@link
 *     Labels#EMPTY} where there is nothing to tell or nobody to tell it of
 * @param objection why nothing of the resource can be kept, or null
 */
record ResourceLabels(long id, Labels target, Labels info, @Nullable String objection) {
  static final ResourceLabels NONE = new ResourceLabels(0, Labels.EMPTY, Labels.EMPTY, null);

  private static final Set<String> IDENTIFYING =
      Set.of("service.name", "service.namespace", "service.instance.id");

  static ResourceLabels of(long id, Attributes attributes, SeriesLimits limits) {
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
      return new ResourceLabels(id, target, Labels.EMPTY, null);
    }
    target.forEach(info::put);
    info.put(Labels.NAME, "target_info");
    Labels all = Labels.of(info);
    return new ResourceLabels(id, target, all, limits.objection(all.toMap()));
  }

  /** The same, not remembered. */
  ResourceLabels unknown() {
    return new ResourceLabels(0, target, info, objection);
  }

  /** Heap that it takes, in bytes, near enough to bound memory by. */
  long bytes() {
    long bytes = 200;
    for (int i = 0; i < info.size(); i++) {
      bytes += 120 + info.name(i).length() + 2L * info.value(i).length();
    }
    return bytes;
  }
}
