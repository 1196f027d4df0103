package dev.sextant.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sextant.metrics.model.Exemplar;
import dev.sextant.metrics.model.Labels;
import dev.sextant.metrics.model.Metadata;
import dev.sextant.storage.Batch;
import dev.sextant.storage.StoreException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MetricsBatchCodecTest {
  private static final Labels TARGET = Labels.of("job", "shop", "instance", "a:1");
  private static final Labels SERIES = TARGET.with("__name__", "up");

  private record Raw(String tenant, int rows, int kind, ByteBuffer payload) implements Batch {}

  private static byte[] bytes(MetricsBatch batch) {
    byte[] bytes = new byte[batch.payload().remaining()];
    batch.payload().get(bytes);
    return bytes;
  }

  @Test
  void roundTrip_everyPart() {
    MetricsBatch batch =
        new MetricsBatchBuilder("default")
            .add(TARGET, SERIES, 2000, 1, 500)
            .add(TARGET, SERIES, 1000, Double.longBitsToDouble(0x7ff0000000000002L))
            .add(TARGET, SERIES.with("x", "y"), 1500, new RandomBatches(1, 0).histogram(), 7)
            .add(TARGET, SERIES.with("x", "y"), 1600, 3)
            .exemplar(TARGET, SERIES, new Exemplar(Labels.of("trace_id", "abc"), 0.25, 1999))
            .exemplar(TARGET, SERIES.with("only", "exemplar"), new Exemplar(Labels.EMPTY, 1, 1))
            .metadata(new Metadata("up", "gauge", "1 where the target answered", ""))
            .derived(new MetricsBatch.Derived(77, 12, 1234))
            .build();
    MetricsBatch read = MetricsBatchCodec.decode(batch);
    assertThat(BatchText.of(read)).isEqualTo(BatchText.of(batch));
    assertThat(read.kind()).isEqualTo(MetricsBatch.KIND_DERIVED);
    assertThat(read.rows()).isEqualTo(4);
  }

  @Test
  void roundTrip_timesAtTheEndsOfTheRange() {
    MetricsBatch batch =
        new MetricsBatchBuilder("default")
            .add(TARGET, SERIES, Long.MAX_VALUE, 1)
            .add(TARGET, SERIES, Long.MIN_VALUE, 2)
            .add(TARGET, SERIES, 0, 3)
            .build();
    assertThat(BatchText.of(MetricsBatchCodec.decode(batch))).isEqualTo(BatchText.of(batch));
  }

  @Test
  void builder_sharesTimesAndKeepsTheFirstOfTwo() {
    MetricsBatch batch =
        new MetricsBatchBuilder("default")
            .add(TARGET, SERIES, 2000, 1)
            .add(TARGET, SERIES, 1000, 5)
            .add(TARGET, SERIES, 2000, 9)
            .add(TARGET, SERIES.with("b", "c"), 2000, 3)
            .build();
    assertThat(batch.targets()).hasSize(1);
    assertThat(batch.targets().get(0).times()).containsExactly(1000, 2000);
    assertThat(batch.targets().get(0).series().get(0).values()).containsExactly(5, 1);
    assertThat(batch.targets().get(0).series().get(1).timeIndex()).containsExactly(1);
  }

  @Test
  void roundTrip_aListOfSeriesThatComesAgain() {
    List<Labels> names =
        IntStream.range(0, 100).mapToObj(i -> SERIES.with("path", "/é" + i)).toList();
    byte[] first = bytes(scrape(names, 1000));
    MetricsBatch second = scrape(names, 2000);
    assertThat(bytes(second)).hasSizeLessThan(first.length / 2).isEqualTo(bytes(second));
    assertThat(BatchText.of(MetricsBatchCodec.decode(second))).isEqualTo(BatchText.of(second));
    MetricsBatch shorter = scrape(names.subList(0, 99), 3000);
    assertThat(BatchText.of(MetricsBatchCodec.decode(shorter))).isEqualTo(BatchText.of(shorter));
  }

  private static MetricsBatch scrape(List<Labels> names, long time) {
    MetricsBatchBuilder builder = new MetricsBatchBuilder("default");
    names.forEach(each -> builder.add(TARGET, each, time, each.hashCode() % 1000));
    return builder.build();
  }

  @Test
  void decode_unknownVersion_isRefused() {
    byte[] bytes = bytes(new MetricsBatchBuilder("default").add(TARGET, SERIES, 1, 1).build());
    bytes[0] = 9;
    assertThatThrownBy(() -> MetricsBatchCodec.decode(bytes, "default"))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("version 9");
  }

  @Test
  void decode_unknownOrWrongKind_isRefused() {
    MetricsBatch batch = new MetricsBatchBuilder("default").add(TARGET, SERIES, 1, 1).build();
    assertThatThrownBy(() -> MetricsBatchCodec.decode(new Raw("default", 1, 7, batch.payload())))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("kind 7");
    assertThatThrownBy(
            () ->
                MetricsBatchCodec.decode(
                    new Raw("default", 1, MetricsBatch.KIND_DERIVED, batch.payload())))
        .isInstanceOf(StoreException.class);
  }

  @Test
  void encode_indexOutOfOrder_isRefused() {
    MetricsBatch.SeriesSamples series =
        new MetricsBatch.SeriesSamples(
            SERIES, new int[] {1, 0}, new double[2], null, null, List.of());
    MetricsBatch batch =
        new MetricsBatch(
            "default",
            List.of(new MetricsBatch.TargetSamples(TARGET, new long[] {1, 2}, List.of(series))),
            List.of(),
            null);
    assertThatThrownBy(batch::payload)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("up");
  }

  @Test
  void encode_scrapeOfCounters_isCompact() {
    MetricsBatchBuilder builder = new MetricsBatchBuilder("default");
    for (int i = 0; i < 500; i++) {
      builder.add(TARGET, SERIES.with("n", "v" + i), 1_700_000_000_000L, 1000 + i);
    }
    assertThat(bytes(builder.build()).length / 500.0).isLessThan(25);
  }
}
