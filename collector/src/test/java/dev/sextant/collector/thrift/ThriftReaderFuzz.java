package dev.sextant.collector.thrift;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Bytes with a few changed are read to their end or found malformed, within the bytes there are.
 */
class ThriftReaderFuzz {
  private static final int ROUNDS = Boolean.getBoolean("sextant.long") ? 5_000_000 : 50_000;

  @ParameterizedTest
  @EnumSource(Wire.class)
  void changedBytes(Wire wire) {
    Random random = new Random(42);
    byte[] seed = wire.write(ThriftReaderTest::everything);
    int whole = 0;
    for (int i = 0; i < ROUNDS; i++) {
      byte[] bytes =
          Arrays.copyOf(seed, random.nextInt(8) == 0 ? random.nextInt(seed.length) : seed.length);
      for (int changes = random.nextInt(4); changes > 0 && bytes.length > 0; changes--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      ThriftReader in = wire.reader(bytes, 16);
      try {
        in.skip(ThriftType.STRUCT);
        whole++;
      } catch (MalformedThriftException e) {
        assertThat(e.offset()).isBetween(0, bytes.length);
      }
      assertThat(in.offset()).isBetween(0, bytes.length);
    }
    assertThat(whole).isBetween(ROUNDS / 10, ROUNDS - 1);
  }
}
