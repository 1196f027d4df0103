package dev.sextant.collector.skywalking;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sextant.collector.receive.OccasionalLine;
import dev.sextant.storage.otlp.AttributeValue;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is remembered of instances. */
class InstancesTest {
  private final List<String> log = new ArrayList<>();
  private final Instances instances =
      new Instances(2, new OccasionalLine(InstantSource.fixed(Instant.EPOCH), log::add));

  private static Instance named(String name) {
    return new Instance("shop", name);
  }

  private void tell(String name) {
    instances.tell(named(name), Map.of("host.name", AttributeValue.of("box-" + name)));
  }

  @Test
  void theLongestSilent_areForgotten_andTheSettingIsNamed() {
    tell("a");
    tell("b");
    assertThat(instances.resource(named("a"))).containsKey("host.name");
    assertThat(log).isEmpty();
    tell("c");

    assertThat(instances.resource(named("b"))).doesNotContainKey("host.name");
    assertThat(instances.resource(named("a"))).containsKey("host.name");
    assertThat(instances.resource(named("c"))).containsKey("host.name");
    assertThat(log)
        .containsExactly(
            "more than 2 instances report by SkyWalking's protocol, and what b of shop told of itself"
                + " is forgotten; raise ingest.skywalking.max-instances");
  }
}
