package dev.sextant.trace.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.re2j.Pattern;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TextRegexTest {
  private static final List<String> PIECES =
      List.of("a", "b", "ab", ".*", ".*", "|", ".", "a*", "(a|b)", "\\.", "[a.]", "");

  @Test
  void matches_asTheExpressionAloneDoes() {
    Random random = new Random(5);
    for (int round = 0; round < 20_000; round++) {
      StringBuilder source = new StringBuilder();
      for (int i = random.nextInt(6); i > 0; i--) {
        source.append(PIECES.get(random.nextInt(PIECES.size())));
      }
      StringBuilder text = new StringBuilder();
      for (int i = random.nextInt(6); i > 0; i--) {
        text.append("ab.\n".charAt(random.nextInt(4)));
      }
      if (source.indexOf("**") >= 0) {
        continue;
      }
      assertThat(TextRegex.compile(source.toString()).matches(text.toString()))
          .as("%s of %s", source, text)
          .isEqualTo(Pattern.compile("(?s:" + source + ")").matcher(text).matches());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "(",
        "a**",
        "[z-a]",
        "(a{1000}){1000}",
        "((a{2,900}){900}){900}",
        "(?=a)",
        "a)(b",
        "a)|(?:b",
        "a{9}{99}{99}{99}"
      })
  void compile_refuses(String source) {
    assertThatThrownBy(() -> TextRegex.compile(source, 5_000))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("error parsing regexp: ")
        .hasMessageNotContainingAny("^(", "(?s", ")$");
  }

  @Test
  void compile_quotesTheSource() {
    assertThatThrownBy(() -> TextRegex.compile("a)(b"))
        .hasMessage("error parsing regexp: unexpected ): `a)(b`");
    assertThatThrownBy(() -> TextRegex.compile("a(b"))
        .hasMessage("error parsing regexp: missing closing ): `a(b`");
  }

  @ParameterizedTest
  @CsvSource({"a+b|cd, ab cd, cb cdd", "(?i)a.*?, A ab, ba b", "(?s:.)b|^c$, 'ab c', 'b ac'"})
  void matches_wholeTextsOnly(String source, String matching, String others) {
    TextRegex regex = TextRegex.compile(source);
    assertThat(matching.split(" ")).allMatch(regex::matches);
    assertThat(others.split(" ")).noneMatch(regex::matches);
  }

  @Test
  void instructions_areCountedOfWhatIsCompiled() {
    assertThat(TextRegex.compile("a.*|b").instructions()).isZero();
    assertThat(TextRegex.compile("[ab]{100}").instructions()).isBetween(100L, 300L);
  }

  @Test
  void compile_refusesWhatCompilesToMore_beforeItDoes() {
    assertThat(TextRegex.compile("[ab]{100}", 300).matches("ab".repeat(50))).isTrue();
    assertThatThrownBy(() -> TextRegex.compile("[ab]{100}", 99))
        .isInstanceOf(TextRegex.TooLargeException.class)
        .hasMessage(
            "error parsing regexp: expression too large: it may compile to 99 instructions");
  }

  @Test
  void compile_refusesWhatNestsTooDeeplyOrIsTooLong() {
    assertThatThrownBy(() -> TextRegex.compile("(".repeat(10_000) + ")".repeat(10_000)))
        .hasMessage("error parsing regexp: expression nests too deeply: more than 250");
    assertThatThrownBy(() -> TextRegex.compile("a".repeat(70_000)))
        .hasMessageContaining("expression too large");
  }
}
