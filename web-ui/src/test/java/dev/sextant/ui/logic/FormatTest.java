package dev.sextant.ui.logic;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FormatTest {
  private static Script script;

  @BeforeAll
  static void start() {
    script = new Script();
  }

  @AfterAll
  static void stop() {
    script.close();
  }

  @ParameterizedTest
  @CsvSource({
    "rate(1240), 1.24 k/s",
    "rate(92.44), 92.4 /s",
    "rate(0), 0.00 /s",
    "rate(0.0125), 0.01 /s",
    "'rate(0.0125, true)', 0.013 /s",
    "rate(999.6), 1.00 k/s",
    "seconds(2.04), 2.04 s",
    "seconds(0.892), 892 ms",
    "seconds(0.0094), 9.4 ms",
    "seconds(0.007), 7 ms",
    "seconds(0.0000005), 0.5 µs",
    "seconds(90), 1.50 min",
    "seconds(0.9996), 1.00 s",
    "nanos(2840000000), 2.84 s",
    "share(0.0912), 9.12 %",
    "share(0), 0.00 %",
    "share(1), 100 %",
    "bytes(2202009), 2.10 MiB",
    "bytes(13314398617.6), 12.4 GiB",
    "bytes(12), 12 B",
    "count(69900), 69.9 k",
    "plain(0.02), 0.02",
    "plain(NaN), —",
    "seconds(null), —",
    "rate(undefined), —",
  })
  void text_isAsAPersonReadsIt(String call, String expected) {
    assertThat(script.text("sx.format.text(sx.format." + call + ")")).isEqualTo(expected);
  }

  @Test
  void count_belowTenThousandIsGrouped() {
    assertThat(script.text("sx.format.text(sx.format.count(1284))")).isEqualTo("1,284");
  }

  @Test
  void brief_dropsZerosThatSayNothing() {
    assertThat(script.text("sx.format.brief(sx.format.seconds(2))")).isEqualTo("2 s");
    assertThat(script.text("sx.format.brief(sx.format.share(0.025))")).isEqualTo("2.5 %");
    assertThat(script.text("sx.format.brief(sx.format.rate(100))")).isEqualTo("100 /s");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "histogram_quantile(0.95, sum by (le) (rate(latency_seconds_bucket[5m]))) | seconds",
        "sum by (job) (rate(requests_total[5m])) | rate",
        "sum(rate(errors_total[5m])) / sum(rate(requests_total[5m])) | plain",
        "jvm_memory_used_bytes | bytes",
        "up | plain",
      })
  void unitOf_guessesFromTheExpression(String expression, String unit) {
    assertThat(script.text("sx.format.unitOf(" + '`' + expression + "`)")).isEqualTo(unit);
  }

  @ParameterizedTest
  @CsvSource({
    "fraud-check, FC",
    "gateway, GA",
    "shop.pay.Service, SP",
    "x, X",
    "'', ?",
    "订单 服务, 订服"
  })
  void monogram_isTwoLetters(String name, String letters) {
    assertThat(script.text("sx.monogram('" + name + "')")).isEqualTo(letters);
  }

  @Test
  void hue_repeatsAfterSixteenSlots() {
    assertThat(script.json("[sx.hue(1), sx.hue(16), sx.hue(17), sx.hue(0), sx.hue(null)]"))
        .isEqualTo("[1,16,1,0,0]");
  }
}
