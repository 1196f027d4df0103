package dev.sextant.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sextant.metrics.model.Labels;
import dev.sextant.storage.StoreException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;

class MetricsBatchCodecFuzz {
  private static final int ROUNDS = Boolean.getBoolean("sextant.long") ? 200_000 : 1_000;

  private static byte[] bytes(MetricsBatch batch) {
    byte[] bytes = new byte[batch.payload().remaining()];
    batch.payload().get(bytes);
    return bytes;
  }

  @Test
  void roundTrip_randomBatches() {
    RandomBatches batches = new RandomBatches(42, 1_700_000_000_000L);
    for (int round = 0; round < ROUNDS; round++) {
      MetricsBatch batch = batches.next("default");
      assertThat(BatchText.of(MetricsBatchCodec.decode(batch)))
          .as("round %d", round)
          .isEqualTo(BatchText.of(batch));
    }
  }

  @Test
  void decode_anyBitFlippedOrTailCut_isRefused() {
    RandomBatches batches = new RandomBatches(7, 1_700_000_000_000L);
    Random random = new Random(7);
    for (int round = 0; round < ROUNDS; round++) {
      byte[] bytes = bytes(batches.next("default"));
      byte[] flipped = bytes.clone();
      flipped[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
      assertThatThrownBy(() -> MetricsBatchCodec.decode(flipped, "default"))
          .isInstanceOf(StoreException.class);
      byte[] cut = Arrays.copyOf(bytes, random.nextInt(bytes.length));
      assertThatThrownBy(() -> MetricsBatchCodec.decode(cut, "default"))
          .isInstanceOf(StoreException.class);
    }
  }

  /** As below, in the compressed names of series that come again. */
  @Test
  void decode_liesInNames_neverLeaveTheTypedError() {
    Labels target = Labels.of("job", "j");
    List<Labels> names =
        IntStream.range(0, 20).mapToObj(i -> target.with("__name__", "m" + i)).toList();
    byte[] seed = new byte[0];
    for (int i = 0; i < 2; i++) {
      MetricsBatchBuilder builder = new MetricsBatchBuilder("default");
      names.forEach(each -> builder.add(target, each, 1000, 1));
      seed = bytes(builder.build());
    }
    Random random = new Random(11);
    int refused = 0;
    for (int round = 0; round < ROUNDS; round++) {
      try {
        MetricsBatchCodec.decode(lied(seed.clone(), random), "default");
      } catch (StoreException expected) {
        refused++;
      }
    }
    assertThat(refused).isGreaterThan(ROUNDS / 4);
  }

  /** Some bytes changed, and the checksum made right again. */
  private static byte[] lied(byte[] bytes, Random random) {
    for (int i = random.nextInt(3); i >= 0; i--) {
      bytes[1 + random.nextInt(bytes.length - 5)] = (byte) random.nextInt();
    }
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, bytes.length - 4);
    for (int i = 0; i < 4; i++) {
      bytes[bytes.length - 4 + i] = (byte) (crc.getValue() >>> 8 * i);
    }
    return bytes;
  }

  /**
   * With the checksum made right again, only the structure's own checks stand between a lie and the
   * reader.
   */
  @Test
  void decode_liesUnderAValidChecksum_neverLeaveTheTypedError() {
    RandomBatches batches = new RandomBatches(9, 1_700_000_000_000L);
    Random random = new Random(9);
    int refused = 0;
    for (int round = 0; round < ROUNDS; round++) {
      byte[] bytes = lied(bytes(batches.next("default")), random);
      try {
        MetricsBatchCodec.decode(bytes, "default");
      } catch (StoreException expected) {
        refused++;
      }
    }
    assertThat(refused).isGreaterThan(ROUNDS / 4);
  }
}
