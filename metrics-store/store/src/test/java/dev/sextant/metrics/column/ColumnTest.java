package dev.sextant.metrics.column;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class ColumnTest {
  private static int longs(long... values) {
    ByteWriter out = new ByteWriter();
    LongColumn.write(out, values, values.length);
    ByteReader in = new ByteReader(out.toByteArray(), "test");
    assertThat(LongColumn.read(in, values.length)).containsExactly(values);
    in.checkEnd();
    return out.size();
  }

  private static int doubles(double... values) {
    ByteWriter out = new ByteWriter();
    DoubleColumn.write(out, values, values.length);
    ByteReader in = new ByteReader(out.toByteArray(), "test");
    double[] read = DoubleColumn.read(in, values.length);
    in.checkEnd();
    for (int i = 0; i < values.length; i++) {
      assertThat(Double.doubleToRawLongBits(read[i]))
          .as("value %d", i)
          .isEqualTo(Double.doubleToRawLongBits(values[i]));
    }
    return out.size();
  }

  @Test
  void longs_extremesWrapAround() {
    longs(Long.MIN_VALUE, Long.MAX_VALUE, 0, -1, 1, Long.MIN_VALUE);
    longs();
    longs(Long.MIN_VALUE);
    longs(5, Long.MAX_VALUE);
  }

  @Test
  void longs_randomOfEveryWidthAndCount() {
    Random random = new Random(3);
    for (int round = 0; round < 2000; round++) {
      long[] values = new long[random.nextInt(400)];
      int width = random.nextInt(64);
      for (int i = 0; i < values.length; i++) {
        values[i] =
            (random.nextInt(50) == 0 ? random.nextLong() : random.nextLong() >> width) + 1000L * i;
      }
      longs(values);
    }
  }

  @Test
  void longs_regularTimes_takeAFewBytes() {
    long[] times = new long[480];
    for (int i = 0; i < times.length; i++) {
      times[i] = 1_700_000_000_000L + 15_000L * i;
    }
    assertThat(longs(times)).isLessThan(24);
  }

  @Test
  void doubles_oddOnesAreBitExact() {
    doubles(
        0.0,
        -0.0,
        Double.NaN,
        Double.longBitsToDouble(0x7ff0000000000002L),
        Double.POSITIVE_INFINITY);
    doubles(-0.0);
    doubles(Double.longBitsToDouble(0xfff0000000000001L));
    doubles(Double.MIN_VALUE, Double.MAX_VALUE, -Double.MAX_VALUE);
    doubles(9007199254740991.0, 9007199254740992.0, 9007199254740994.0, 1e22, 1e23);
  }

  @Test
  void doubles_randomOfEveryKind() {
    Random random = new Random(5);
    for (int round = 0; round < 2000; round++) {
      double[] values = new double[random.nextInt(400)];
      int kind = random.nextInt(5);
      for (int i = 0; i < values.length; i++) {
        values[i] =
            switch (random.nextInt(60) == 0 ? 4 : kind) {
              case 0 -> random.nextInt(1000);
              case 1 -> random.nextInt(100_000) / 1000.0;
              case 2 -> random.nextGaussian();
              case 3 -> 7.25;
              default -> Double.longBitsToDouble(random.nextLong());
            };
      }
      doubles(values);
    }
  }

  @Test
  void doubles_staleMarkersAmongDecimals_stayDecimal() {
    double[] values = new double[256];
    for (int i = 0; i < values.length; i++) {
      values[i] = i % 40 == 39 ? Double.longBitsToDouble(0x7ff0000000000002L) : 20 + i % 7 / 10.0;
    }
    assertThat(doubles(values)).isLessThan(256);
  }
}
