package dev.sextant.storage.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sextant.storage.otlp.Slice;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.LongUnaryOperator;
import org.junit.jupiter.api.Test;

class LongVectorTest {
  private static final int[] COUNTS = {0, 1, 2, 3, 7, 8, 9, 63, 64, 65, 1000, 8192};

  private static List<LongUnaryOperator> shapes() {
    Random random = new Random(7);
    long[] few = random.longs(40).toArray();
    return List.of(
        i -> 42,
        i -> -1,
        i -> i,
        i -> 1_700_000_000_000_000_000L + i * 1_000 + random.nextInt(500),
        i -> 1_700_000_000_000_000_000L + random.nextInt(1_000_000) * 1_000L,
        i -> -7 + random.nextInt(1_000) * 48_000L,
        i -> random.nextInt(7),
        i -> i * 17 % 23,
        i -> random.nextInt(),
        i -> random.nextLong(),
        i -> random.nextLong() >>> 8,
        i -> i % 2 == 0 ? Long.MIN_VALUE : Long.MAX_VALUE,
        i -> i % 100 == 0 ? random.nextLong() : 5,
        i -> i % 50 == 0 ? 1L << random.nextInt(63) : random.nextInt(100),
        i -> few[random.nextInt(few.length)],
        i -> few[(int) i % 7],
        i -> -random.nextInt(1_000_000),
        i -> (i & 1) << 62 | random.nextInt(9));
  }

  @Test
  void keepsEveryValueOfEveryShape() {
    for (LongUnaryOperator shape : shapes()) {
      for (int count : COUNTS) {
        for (Effort effort : Effort.values()) {
          long[] values = new long[count + 5];
          Arrays.setAll(values, shape::applyAsLong);
          assertThat(LongVector.decode(encode(values, count, effort), count))
              .isEqualTo(Arrays.copyOf(values, count));
        }
      }
    }
  }

  @Test
  void keepsEveryWidth() {
    Random random = new Random(19);
    for (int width = 1; width <= 64; width++) {
      int shift = 64 - width;
      for (int count : COUNTS) {
        long[] values = random.longs(count).map(v -> v >>> shift).toArray();
        assertThat(LongVector.decode(encode(values, count, Effort.QUICK), count)).isEqualTo(values);
      }
    }
  }

  @Test
  void behindOtherBytes_decodesTheSameAndLeavesWhatFollows() {
    Random random = new Random(23);
    for (LongUnaryOperator shape : shapes()) {
      for (Effort effort : Effort.values()) {
        long[] values = new long[300];
        Arrays.setAll(values, shape::applyAsLong);
        ByteWriter out = new ByteWriter(1);
        out.put(random.nextInt(256));
        LongVector.encode(values, 300, effort, out);
        out.putVarint(77);
        ByteSource in = new ByteSource(Slice.of(out.toByteArray()));
        in.get();
        assertThat(LongVector.decode(in, 300)).isEqualTo(values);
        assertThat(in.getVarint()).isEqualTo(77);
        assertThat(in.remaining()).isZero();
      }
    }
  }

  @Test
  void ints_areTheSameNumbers() {
    Random random = new Random(29);
    for (int bound : new int[] {1, 2, 100, 70_000, Integer.MAX_VALUE}) {
      for (Effort effort : Effort.values()) {
        int[] values = random.ints(5_000, 0, bound).toArray();
        ByteWriter out = new ByteWriter(16);
        LongVector.encode(values, values.length, effort, out);
        Slice encoded = Slice.of(out.toByteArray());
        assertThat(LongVector.decodeInts(encoded, 5_000, bound - 1)).isEqualTo(values);
        if (bound > 1) {
          assertThatThrownBy(() -> LongVector.decodeInts(encoded, 5_000, bound / 2 - 1))
              .isInstanceOf(CorruptDataException.class);
        }
      }
    }
    for (long outside : new long[] {-1, 8, 1L << 33, Long.MIN_VALUE}) {
      for (long[] values : new long[][] {{outside}, {1, 2, outside, 3}}) {
        Slice encoded = encode(values, values.length, Effort.QUICK);
        assertThatThrownBy(() -> LongVector.decodeInts(encoded, values.length, 7))
            .isInstanceOf(CorruptDataException.class);
      }
    }
  }

  @Test
  void takesNoMoreThanItMust() {
    Random random = new Random(1);
    long[] ids = random.longs(1000).toArray();
    assertThat(length(ids)).as("random ids").isLessThan(8_020);
    assertThat(length(new long[4096])).as("zeros").isEqualTo(2);
    assertThat(length(random.longs(4096, 0, 7).toArray())).as("levels").isLessThan(1_600);
    long[] micros = random.longs(4096, 0, 1_000_000).map(v -> v * 1_000).toArray();
    assertThat(length(micros)).as("microseconds").isLessThan(4096 * 20 / 8 + 40);
    long[] rare = random.longs(4096, 0, 16).toArray();
    for (int i = 0; i < rare.length; i += 100) {
      rare[i] = random.nextLong() >>> 1;
    }
    assertThat(length(rare)).as("with exceptions").isLessThan(4096 * 5 / 8 + 41 * 12);
    long[] times = new long[4096];
    for (int i = 1; i < times.length; i++) {
      times[i] = times[i - 1] + 1_000_000 + random.nextInt(1000);
    }
    assertThat(length(times)).as("ascending").isLessThan(4096 * 10 / 8 + 40);
    long[] few = random.longs(20).toArray();
    long[] chosen = random.ints(4096, 0, 20).mapToLong(i -> few[i]).toArray();
    assertThat(length(chosen)).as("few distinct").isLessThan(4096 * 5 / 8 + 200);
    long[] pattern = new long[4096];
    Arrays.setAll(pattern, i -> i * i % 37);
    assertThat(encode(pattern, 4096, Effort.THOROUGH).length()).as("a pattern").isLessThan(150);
  }

  private static int length(long[] values) {
    return encode(values, values.length, Effort.QUICK).length();
  }

  @Test
  void refusesCutAndUnknownBytes() {
    for (LongUnaryOperator shape : shapes()) {
      for (Effort effort : Effort.values()) {
        long[] values = new long[100];
        Arrays.setAll(values, shape::applyAsLong);
        Slice whole = encode(values, 100, effort);
        for (int length = 0; length < whole.length(); length++) {
          Slice cut = Slice.of(new Slice(whole.bytes(), 0, length).copy());
          assertThatThrownBy(() -> LongVector.decode(cut, 100))
              .isInstanceOf(CorruptDataException.class);
        }
      }
    }
    assertThatThrownBy(() -> LongVector.decode(Slice.of(new byte[] {9, 0}), 1))
        .isInstanceOf(CorruptDataException.class);
  }

  static Slice encode(long[] values, int count, Effort effort) {
    ByteWriter out = new ByteWriter(16);
    LongVector.encode(values, count, effort, out);
    return Slice.of(out.toByteArray());
  }
}
