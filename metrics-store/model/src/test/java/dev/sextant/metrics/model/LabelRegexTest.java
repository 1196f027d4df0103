package dev.sextant.metrics.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.re2j.Pattern;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LabelRegexTest {
  private static final List<String> VALUES =
      List.of(
          "",
          "a",
          "b",
          "ab",
          "abc",
          "aab",
          "a.b",
          "a\nb",
          "axb",
          "abab",
          "xabx",
          "GET",
          "POST",
          "get",
          "a|b",
          "(a)",
          "a+b",
          "10.0.0.1:9090",
          "10x0.0.1:9090",
          "é",
          "日本",
          "aXXbYYc",
          "abc$",
          "^abc");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a",
        "a|b",
        "(a|b)",
        "(?:a|b|)",
        "GET|POST",
        ".*",
        ".+",
        "a.*",
        "a.+",
        ".*b",
        ".+b",
        ".*b.*",
        ".+b.+",
        "a.*b.*c",
        "a.+b.+c",
        "a.*.*b",
        "a.+.+b",
        "10\\.0\\.0\\.1:.*",
        "a\\+b",
        "a\\|b",
        "^a.*$",
        "^a|b$",
        "a.b",
        "a?b",
        "[ab]+",
        "(?i)get",
        "a{2}b",
        "(a)(b)",
        "abc\\$",
        "\\^abc",
        "a.*?b",
        "日.*",
        "(ab)*",
        "a|.*c",
        "\\(a\\)",
        "x*abx*",
        "(a|b).*",
        "a\\.b|GE."
      })
  void matches_asTheExpressionAroundTheWholeValue(String source) {
    Pattern whole = Pattern.compile("^(?s:" + source + ")$");
    LabelRegex regex = LabelRegex.compile(source);
    for (String value : VALUES) {
      assertThat(regex.matches(value))
          .as("%s on %s", source, value)
          .isEqualTo(whole.matcher(value).matches());
    }
  }

  @Test
  void compile_saysWhatIsWrongInPrometheusWords() {
    assertWrong("[", "error parsing regexp: missing closing ]: `[)$`");
    assertWrong("a**", "error parsing regexp: invalid nested repetition operator: `**`");
    assertWrong("(?=a)", "error parsing regexp: invalid or unsupported Perl syntax: `(?=`");
    assertWrong("(a)\\1", "error parsing regexp: invalid escape sequence: `\\1`");
    assertWrong("a{1001}", "error parsing regexp: invalid repeat count: `{1001}`");
    assertWrong("a|b\\", "error parsing regexp: missing closing ): `^(?s:a|b\\)$`");
  }

  private static void assertWrong(String source, String message) {
    assertThatThrownBy(() -> LabelRegex.compile(source))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "((a{100}){100}){100}",
        "(a{1000}){1000}",
        "(((((a{9}){9}){9}){9}){9}){9}",
        "(a{0,1000}){10}",
        "(x[abc]{90,}){90}"
      })
  void compile_refusesWhatWouldGrowTooLarge(String source) {
    assertThatThrownBy(() -> LabelRegex.compile(source))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("error parsing regexp: expression too large");
  }

  @Test
  void compile_refusesWhatIsTooLongOrTooDeep() {
    assertThatThrownBy(() -> LabelRegex.compile("[ab]".repeat(20_000)))
        .hasMessageStartingWith("error parsing regexp: expression too large");
    assertThatThrownBy(() -> LabelRegex.compile("(".repeat(20_000) + "a?" + ")".repeat(20_000)))
        .hasMessageStartingWith("error parsing regexp: expression nests too deeply");
    LabelRegex names = LabelRegex.compile("pod-1|".repeat(50_000) + "pod-2");
    assertThat(names.matches("pod-2")).isTrue();
  }

  @Test
  void matches_catastrophicExpressionsAreHarmless() {
    String value = "a".repeat(2_000);
    for (String source : List.of("(a+)+b", "(a*)*b", "(a|aa)+b", "(a|a?)+b", "(.*a){12}b")) {
      LabelRegex regex = LabelRegex.compile(source);
      Assertions.assertTimeoutPreemptively(
          Duration.ofSeconds(30), () -> assertThat(regex.matches(value)).isFalse());
    }
  }

  @Test
  void expand_fillsGroupsAsGoDoes() {
    LabelRegex regex = LabelRegex.compile("(?P<host>[^:]+):(\\d+)(x)?");
    assertThat(regex.expand("a:90", "${host}-$2")).isEqualTo("a-90");
    assertThat(regex.expand("a:90", "$1$2")).isEqualTo("a90");
    assertThat(regex.expand("a:90", "$1x")).isEmpty();
    assertThat(regex.expand("a:90", "${1}x$3$9")).isEqualTo("ax");
    assertThat(regex.expand("a:90", "$$1 $ ${ ${host")).isEqualTo("$1 $ ${ ${host");
    assertThat(regex.expand("a", "b")).isNull();
    assertThat(LabelRegex.compile("(.*)").expand("v", "<$1>")).isEqualTo("<v>");
    assertThat(LabelRegex.compile("a|b").expand("b", "same")).isEqualTo("same");
  }
}
