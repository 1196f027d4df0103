package dev.sextant.storage.elasticsearch;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class IndexTextTest {
  @Test
  void shortTextsStayAsTheyAre() {
    assertThat(IndexText.value("x".repeat(1_024))).isEqualTo("x".repeat(1_024));
    assertThat(IndexText.key("http.route")).isEqualTo("http.route");
  }

  @Test
  void longTextsStayDifferentAndFitATerm() {
    String a = "€".repeat(50_000);
    assertThat(IndexText.value(a)).isEqualTo(IndexText.value("€".repeat(50_000)));
    assertThat(IndexText.value(a)).isNotEqualTo(IndexText.value(a + "€"));
    assertThat(IndexText.value(a).getBytes(StandardCharsets.UTF_8).length).isLessThan(32_766 / 2);
  }

  @Test
  void surrogatePairsAreNotCutApart() {
    String cut = IndexText.value("x" + "😀".repeat(1_000));
    assertThat(new String(cut.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8))
        .isEqualTo(cut);
  }

  @Test
  void keysHaveNoNul() {
    assertThat(IndexText.key("a\0b")).isEqualTo("a\uFFFDb");
  }
}
