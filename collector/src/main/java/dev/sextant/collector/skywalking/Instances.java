package dev.sextant.collector.skywalking;

import dev.sextant.collector.receive.OccasionalLine;
import dev.sextant.storage.otlp.AttributeValue;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What instances told of themselves, to be put on what they send later, and the sums of their
 * collections of garbage, which agents tell as differences. Bounded: of too many instances, those
 * that were silent for longest are forgotten, of which the log tells. Their next messages have the
 * plain resource until they tell their properties again, which agents do every few minutes, and
 * their sums begin at 0, as after a restart. Thread-safe.
 */
final class Instances {
  private static final Logger LOG = LoggerFactory.getLogger(Instances.class);
  private static final int LONGEST_NAMES = 1024;

  private final Map<Instance, Known> known =
      new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Instance, Known> eldest) {
          if (size() <= most) {
            return false;
          }
          forgotten.say(
              "more than %d instances report by SkyWalking's protocol, and what %s of %s told of itself is forgotten; raise ingest.skywalking.max-instances"
                  .formatted(most, eldest.getKey().name(), eldest.getKey().service()));
          return true;
        }
      };

  private final int most;
  private final OccasionalLine forgotten;

  /**
   * @param most to be remembered; {@code ingest.skywalking.max-instances}
   */
  Instances(int most, InstantSource clock) {
    this(most, new OccasionalLine(clock, LOG::warn));
  }

  Instances(int most, OccasionalLine forgotten) {
    this.most = most;
    this.forgotten = forgotten;
  }

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
