package dev.sextant.trace.elasticsearch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sextant.storage.otlp.AttributeValue;
import dev.sextant.trace.model.SpanValue;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class NumberKeyTest {
  private static BigDecimal exact(AttributeValue value) {
    return switch (value) {
      case AttributeValue.Int(long number) -> BigDecimal.valueOf(number);
      case AttributeValue.Decimal(double number) -> new BigDecimal(number);
      default -> throw new AssertionError(value);
    };
  }

  private static List<AttributeValue> numbers() {
    List<AttributeValue> numbers = new ArrayList<>();
    for (long edge : new long[] {Long.MIN_VALUE, -1, 0, 1, 1L << 53, Long.MAX_VALUE}) {
      for (long step = -3; step <= 3; step++) {
        numbers.add(AttributeValue.of(edge + step));
        numbers.add(AttributeValue.of((double) (edge + step)));
        numbers.add(AttributeValue.of(edge + step + 0.5));
      }
    }
    numbers.add(AttributeValue.of(-0.0));
    numbers.add(AttributeValue.of(Double.MIN_VALUE));
    numbers.add(AttributeValue.of(-Double.MAX_VALUE));
    Random random = new Random(7);
    for (int i = 0; i < 200; i++) {
      long number = random.nextLong() >> random.nextInt(64);
      numbers.add(AttributeValue.of(number));
      numbers.add(AttributeValue.of((double) number * random.nextDouble()));
    }
    return numbers;
  }

  @Test
  void keysOrderAsTheNumbersDo() {
    List<AttributeValue> numbers = numbers();
    for (AttributeValue a : numbers) {
      for (AttributeValue b : numbers) {
        int byKey = Integer.signum(digits(a).compareTo(digits(b)));
        assertThat(byKey).as("%s and %s", a, b).isEqualTo(exact(a).compareTo(exact(b)));
      }
    }
  }

  private static String digits(AttributeValue number) {
    String key = NumberKey.of(number);
    return key.substring(0, key.length() - 1);
  }

  @Test
  void numbersAreReadBackWithTheirType() {
    for (AttributeValue number : numbers()) {
      SpanValue expected =
          switch (number) {
            case AttributeValue.Int(long whole) -> SpanValue.of(whole);
            case AttributeValue.Decimal(double decimal) -> SpanValue.of(decimal + 0.0);
            default -> throw new AssertionError(number);
          };
      assertThat(NumberKey.number(NumberKey.of(number))).isEqualTo(expected);
      assertThat(NumberKey.digits(expected)).isEqualTo(digits(number));
    }
    assertThat(NumberKey.number(NumberKey.of(AttributeValue.of(Double.NaN))))
        .isEqualTo(SpanValue.of(Double.NaN));
  }

  @Test
  void infinitiesAreBeyondEveryNumberAndWithinTheBounds() {
    String most = NumberKey.of(AttributeValue.of(Double.POSITIVE_INFINITY));
    String least = NumberKey.of(AttributeValue.of(Double.NEGATIVE_INFINITY));
    assertThat(most).isGreaterThan(NumberKey.of(AttributeValue.of(Double.MAX_VALUE)));
    assertThat(most).isLessThan(NumberKey.GREATEST);
    assertThat(least).isLessThan(NumberKey.of(AttributeValue.of(-Double.MAX_VALUE)));
    assertThat(least).isGreaterThan(NumberKey.LEAST);
  }

  @Test
  void whatHasNoOrderHasNoKey() {
    assertThat(NumberKey.digits(SpanValue.of(Double.NaN))).isNull();
    assertThat(NumberKey.of(AttributeValue.of(Double.NaN))).isGreaterThan(NumberKey.GREATEST);
    assertThat(NumberKey.of(AttributeValue.of("1"))).isNull();
    assertThat(NumberKey.of(AttributeValue.of(true))).isNull();
  }
}
