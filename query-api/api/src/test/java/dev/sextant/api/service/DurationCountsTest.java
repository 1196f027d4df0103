package dev.sextant.api.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DurationCountsTest {
  @Test
  void quantiles_areOffByThreePercentAtMost() {
    Random random = new Random(17);
    for (int round = 0; round < 200; round++) {
      long[] values = new long[1 + random.nextInt(300)];
      DurationCounts counts = new DurationCounts();
      for (int i = 0; i < values.length; i++) {
        values[i] = random.nextLong() >>> 1 + random.nextInt(62);
        counts.add(values[i]);
      }
      Arrays.sort(values);
      for (double q : new double[] {0.01, 0.5, 0.95, 1}) {
        long exact = values[(int) Math.ceil(q * values.length) - 1];
        assertThat((double) Math.abs(counts.quantile(q) - exact))
            .isLessThanOrEqualTo(0.032 * exact);
      }
      assertThat(counts.longest()).isEqualTo(values[values.length - 1]);
    }
  }

  @Test
  void nothing_hasNoQuantile() {
    assertThat(new DurationCounts().quantile(0.95)).isZero();
  }
}
