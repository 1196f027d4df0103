package dev.sextant.trace.elasticsearch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class LiteralRegexTest {
  private static LiteralRegex texts(String... texts) {
    return new LiteralRegex(List.of(texts), "");
  }

  private static LiteralRegex prefix(String prefix) {
    return new LiteralRegex(List.of(), prefix);
  }

  @Test
  void textsWithoutOperators_areAllThatMatch() {
    assertThat(LiteralRegex.of("GET")).isEqualTo(texts("GET"));
    assertThat(LiteralRegex.of("GET|POST|")).isEqualTo(texts("GET", "POST", ""));
    assertThat(LiteralRegex.of("")).isEqualTo(texts(""));
    assertThat(LiteralRegex.of("/a-b c:d_ü")).isEqualTo(texts("/a-b c:d_ü"));
  }

  @Test
  void prefix_endsBeforeWhatMayVary() {
    assertThat(LiteralRegex.of("GET.*")).isEqualTo(prefix("GET"));
    assertThat(LiteralRegex.of("GETS?")).isEqualTo(prefix("GET"));
    assertThat(LiteralRegex.of("ab{0,2}")).isEqualTo(prefix("a"));
    assertThat(LiteralRegex.of("ab+")).isEqualTo(prefix("ab"));
    assertThat(LiteralRegex.of("a𝄞*")).isEqualTo(prefix("a"));
    assertThat(LiteralRegex.of("a\\.b")).isEqualTo(prefix("a"));
    assertThat(LiteralRegex.of("(?i)get")).isEqualTo(prefix(""));
    assertThat(LiteralRegex.of("^get")).isEqualTo(prefix(""));
    assertThat(LiteralRegex.of("[a|b]c")).isEqualTo(prefix(""));
    assertThat(LiteralRegex.of("ab.*|c")).isEqualTo(prefix(""));
  }
}
