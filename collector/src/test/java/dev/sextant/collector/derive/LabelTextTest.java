package dev.sextant.collector.derive;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LabelTextTest {
  @ParameterizedTest
  @ValueSource(strings = {"x", "é", "語", "😀"})
  void aText_isCutBetweenCharacters_asLateAsFits(String character) {
    int width = character.getBytes(StandardCharsets.UTF_8).length;
    for (int count = 0; count < 300; count++) {
      String text = character.repeat(count);
      String found = LabelText.of(text);
      if (count * width <= LabelText.MAX_BYTES) {
        assertThat(found).isEqualTo(text);
      } else {
        assertThat(found).isEqualTo(character.repeat((LabelText.MAX_BYTES - 3) / width) + "…");
      }
      assertThat(LabelText.of(found)).isEqualTo(found);
    }
  }

  @Test
  void halfACharacter_countsAsMuchAsAWholeOne() {
    assertThat(LabelText.of("\ud83d".repeat(1000)).getBytes(StandardCharsets.UTF_8).length)
        .isLessThanOrEqualTo(LabelText.MAX_BYTES);
  }
}
