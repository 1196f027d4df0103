package dev.sextant.collector.skywalking;

import dev.sextant.storage.otlp.AttributeValue;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What instances told of themselves, to be put on what they send later, and the sums of their
 * collections of garbage, which agents tell as differences. Bounded: of more than {@value #MOST}
 * instances, those that were silent for longest are forgotten. Their next messages have the plain
 * resource until they tell their properties again, which agents do every few minutes, and their
 * sums begin at 0, as after a restart. Thread-safe.
 */
final class Instances {
  static final int MOST = 4096;

  private static final int LONGEST_NAMES = 1024;

  private final Map<Instance, Known> known =
      new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Instance, Known> eldest) {
          return size() > MOST;
        }
      };

  private static final class Known {
    private @Nullable Map<String, AttributeValue> resource;
    private final GcSums sums = new GcSums();
  }

  /** Remembers what an instance told; what it told before is forgotten. */
  synchronized void tell(Instance instance, Map<String, AttributeValue> resource) {
    known(instance).resource = Map.copyOf(resource);
  }

  /** The resource of what an instance sends. */
  synchronized Map<String, AttributeValue> resource(Instance instance) {
    Known told = known.get(instance);
    return told == null || told.resource == null ? instance.resource() : told.resource;
  }

  /** The sums of one instance. */
  synchronized GcSums sums(Instance instance) {
    return known(instance).sums;
  }

  /** Names that nobody would give are not remembered. */
  private Known known(Instance instance) {
    return instance.service().length() + instance.name().length() > LONGEST_NAMES
        ? new Known()
        : known.computeIfAbsent(instance, i -> new Known());
  }
}
