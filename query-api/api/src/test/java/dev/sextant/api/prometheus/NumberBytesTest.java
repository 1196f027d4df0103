package dev.sextant.api.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sextant.promql.print.GoNumbers;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumberBytesTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "-0.0, -0",
    "1, 1",
    "-17, -17",
    "0.5, 0.5",
    "0.001, 0.001",
    "0.00025, 0.00025",
    "0.000001, 0.000001",
    "0.000000123, 1.23e-07",
    "-9.9e-7, -9.9e-07",
    "12345678.5, 12345678.5",
    "123456789012345680000, 123456789012345680000",
    "1e20, 100000000000000000000",
    "1e21, 1e+21",
    "1.5e300, 1.5e+300",
    "NaN, NaN",
    "Infinity, +Inf",
    "-Infinity, -Inf"
  })
  void doubles_areWrittenAsGoDoes(double value, String text) {
    assertThat(PromJson.number(value)).isEqualTo(text);
  }

  @Test
  void plainDoubles_areThoseOfTheLanguage() {
    Random random = new Random(7);
    for (int i = 0; i < 20_000; i++) {
      double value = (random.nextDouble() - 0.5) * Math.pow(10, random.nextInt(26) - 5);
      if (Math.abs(value) >= 1e-6) {
        assertThat(PromJson.number(value)).isEqualTo(GoNumbers.plain(value));
      }
    }
  }

  @Test
  void doublesWithAnExponent_readBackTheSame() {
    Random random = new Random(8);
    for (int i = 0; i < 20_000; i++) {
      double value = Double.longBitsToDouble(random.nextLong());
      if (Double.isFinite(value)) {
        assertThat(Double.parseDouble(PromJson.number(value))).isEqualTo(value);
      }
    }
  }

  @Test
  void doubles_haveNoMoreDigitsThanJavaGivesThem() {
    Random random = new Random(9);
    for (int i = 0; i < 50_000; i++) {
      double value = Double.longBitsToDouble(random.nextLong() & Long.MAX_VALUE);
      if (value > 1e-300 && Double.isFinite(value)) {
        assertThat(new BigDecimal(PromJson.number(value)))
            .isEqualByComparingTo(new BigDecimal(Double.toString(value)));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "4.9E-324, 5e-324",
    "2.2250738585072014E-308, 2.2250738585072014e-308",
    "1.7976931348623157E308, 1.7976931348623157e+308",
    "9007199254740993, 9007199254740992",
    "9.5367431640625E-7, 9.5367431640625e-07",
    "2.0E23, 2e+23",
    "8.41E21, 8.41e+21",
    "5.0E-322, 5e-322"
  })
  void doublesAtTheEdges_areTheShortest(double value, String text) {
    assertThat(PromJson.number(value)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "1, 0.001",
    "10, 0.01",
    "1500, 1.5",
    "1700000000000, 1700000000",
    "1700000000123, 1700000000.123",
    "1700000000120, 1700000000.12",
    "1700000000007, 1700000000.007",
    "-1500, -1.5",
    "-1, -0.001"
  })
  void times_haveUpToThreeDecimals(long millis, String text) {
    byte[] bytes = new byte[NumberBytes.MAX_LENGTH];
    int length = NumberBytes.seconds(millis, bytes, 0);
    assertThat(new String(bytes, 0, length, StandardCharsets.ISO_8859_1)).isEqualTo(text);
  }
}
