package dev.sextant.storage.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sextant.storage.otlp.Slice;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LongVectorDistinctTest {
  private static long[] distinct(long[] values, Effort effort) {
    ByteWriter out = new ByteWriter(64);
    LongVector.encode(values, values.length, effort, out);
    return LongVector.distinct(Slice.of(out.toByteArray()), values.length);
  }

  @ParameterizedTest
  @EnumSource(Effort.class)
  void aConstant_isTheOnlyValue(Effort effort) {
    assertThat(distinct(new long[] {7, 7, 7}, effort)).containsExactly(7);
  }

  @Test
  void fewOfManyPossibleNumbers_areToldWhereEffortIsThorough() {
    long[] statuses = {200, 201, 404, 503};
    SplittableRandom random = new SplittableRandom(1);
    long[] values =
        random.ints(4096, 0, 40).mapToLong(i -> i < 36 ? 200 : statuses[i - 36]).toArray();

    assertThat(distinct(values, Effort.THOROUGH)).containsExactly(200, 201, 404, 503);
  }

  @ParameterizedTest
  @EnumSource(Effort.class)
  void manyNumbers_areNotTold(Effort effort) {
    long[] values = new SplittableRandom(2).longs(4096, 0, 1 << 20).toArray();

    assertThat(distinct(values, effort)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Effort.class)
  void whatIsTold_isExact(Effort effort) {
    SplittableRandom random = new SplittableRandom(3);
    for (int round = 0; round < 200; round++) {
      int kinds = 1 + random.nextInt(100);
      int count = 1 + random.nextInt(3000);
      long[] values =
          random.ints(count, 0, kinds).mapToLong(i -> (long) i * i * 977 - 5_000).toArray();
      long[] told = distinct(values, effort);
      if (told.length > 0) {
        assertThat(told).isEqualTo(Arrays.stream(values).sorted().distinct().toArray());
      }
    }
  }
}
