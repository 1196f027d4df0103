package dev.sextant.api.tempo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GoDurationTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "1ns, 1",
    "1.5h, 5400000000000",
    "-20ms, -20000000",
    "+1m30s, 90000000000",
    ".5s, 500000000",
    "1.s, 1000000000",
    "1h2m3s4ms5us6ns, 3723004005006",
    "7\u00b5s, 7000",
    "7\u03bcs, 7000",
    "2562047h47m16.854775807s, 9223372036854775807"
  })
  void parse_readsGosForms(String text, long nanos) {
    assertThat(GoDuration.parse(text)).isEqualTo(nanos);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "10seconds | time: unknown unit \"seconds\" in duration \"10seconds\"",
        "1d | time: unknown unit \"d\" in duration \"1d\"",
        "10 | time: missing unit in duration \"10\"",
        "abc | time: invalid duration \"abc\"",
        "- | time: invalid duration \"-\"",
        ".s | time: invalid duration \".s\"",
        "2562047h47m16.854775808s | time: invalid duration \"2562047h47m16.854775808s\""
      })
  void parse_refusesInGosWords(String text, String message) {
    assertThatThrownBy(() -> GoDuration.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  @ParameterizedTest
  @CsvSource({
    "1d12h, 129600000000000",
    "5m, 300000000000",
    "1w, 604800000000000",
    "100ms, 100000000",
    "0, 0"
  })
  void parsePrometheus_readsItsForms(String text, long nanos) {
    assertThat(GoDuration.parsePrometheus(text)).contains(nanos);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "5", "1.5h", "1s1m", "-1s", "1h ", "99999999999999y"})
  void parsePrometheus_refusesOthers(String text) {
    assertThat(GoDuration.parsePrometheus(text)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "604800000000000, 168h0m0s",
    "1000000, 1ms",
    "1500000000, 1.5s",
    "0, 0s",
    "1, 1ns",
    "1500, 1.5\u00b5s",
    "60000000000, 1m0s",
    "3661000000001, 1h1m1.000000001s",
    "-90000000000, -1m30s"
  })
  void print_writesAsGo(long nanos, String text) {
    assertThat(GoDuration.print(nanos)).isEqualTo(text);
  }

  @Test
  void quote_escapesAsGo() {
    assertThat(GoText.quote("a\"b\\c\n\u0001\u0085ä")).isEqualTo("\"a\\\"b\\\\c\\n\\x01\\u0085ä\"");
  }
}
