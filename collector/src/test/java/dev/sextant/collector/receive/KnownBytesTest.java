package dev.sextant.collector.receive;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class KnownBytesTest {
  private final KnownBytes.Probe probe = new KnownBytes.Probe();

  private KnownBytes.Probe probe(String text) {
    byte[] bytes = ("[" + text + "]").getBytes(StandardCharsets.UTF_8);
    return probe.set(bytes, 1, bytes.length - 1);
  }

  @Test
  void find_comparesBytesAndWhatTheyBelongTo() {
    KnownBytes<String> known = new KnownBytes<>(1 << 20);
    known.put(probe("a").within(1, 2, 3), "found", 0);
    assertThat(known.find(probe("a").within(1, 2, 3))).isEqualTo("found");
    assertThat(known.find(probe("a").within(1, 2, 4))).isNull();
    assertThat(known.find(probe("a").within(2, 1, 3))).isNull();
    assertThat(known.find(probe("a"))).isNull();
    assertThat(known.find(probe("b").within(1, 2, 3))).isNull();
  }

  @Test
  void put_ofWhatIsKnown_keepsAndReturnsTheFirst() {
    KnownBytes<String> known = new KnownBytes<>(1 << 20);
    assertThat(known.put(probe("a"), "first", 10)).isEqualTo("first");
    long bytes = known.bytes();
    assertThat(known.put(probe("a"), "second", 10)).isEqualTo("first");
    assertThat(known.bytes()).isEqualTo(bytes);
  }

  @Test
  void put_tooLarge_isNotKept() {
    KnownBytes<String> known = new KnownBytes<>(4000);
    assertThat(known.put(probe("a"), "large", 1000)).isNull();
    assertThat(known.find(probe("a"))).isNull();
  }

  @Test
  void memory_isBoundedAndWhatIsAskedForStays() {
    KnownBytes<Integer> known = new KnownBytes<>(10_000);
    known.put(probe("often"), -1, 100);
    for (int i = 0; i < 1000; i++) {
      known.put(probe("once " + i), i, 100);
      assertThat(known.find(probe("often"))).isEqualTo(-1);
      assertThat(known.bytes()).isLessThanOrEqualTo(10_000);
    }
    assertThat(known.find(probe("once 0"))).isNull();
    assertThat(known.find(probe("once 999"))).isEqualTo(999);
  }
}
