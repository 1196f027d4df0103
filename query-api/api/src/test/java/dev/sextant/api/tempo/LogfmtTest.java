package dev.sextant.api.tempo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LogfmtTest {
  @Test
  void read_takesPlainQuotedAndEmptyValues() {
    assertThat(Logfmt.read("service.name=foo http.url=api/search"))
        .isEqualTo(Map.of("service.name", "foo", "http.url", "api/search"));
    assertThat(Logfmt.read("service%n@me=foo")).isEqualTo(Map.of("service%n@me", "foo"));
    assertThat(Logfmt.read("service.name=foo error"))
        .isEqualTo(Map.of("service.name", "foo", "error", ""));
    assertThat(Logfmt.read("a=\"foo bar\"  b=\"foo=bar\"\nc=\"\" d="))
        .isEqualTo(Map.of("a", "foo bar", "b", "foo=bar", "c", "", "d", ""));
    assertThat(Logfmt.read("a=\"x\\by \\\"q\\\" \\u00e4 \\\\\" ä=ö"))
        .isEqualTo(Map.of("a", "x\by \"q\" ä \\", "ä", "ö"));
    assertThat(Logfmt.read(" ")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "service.name=foo =error|unexpected '=' at pos 18",
        "service.name=foo=bar|unexpected '=' at pos 17",
        "service.name=\"foo bar|unterminated quoted value at pos 22",
        "\"service name\"=foo|unexpected '\"' at pos 1",
        "a=b\"c|unexpected '\"' at pos 4",
        "a=\"\\x\"|invalid quoted value at pos 6",
        "a=\"\\u12\"|invalid quoted value at pos 8",
        "a=\"\\|unterminated quoted value at pos 5",
        "a=1 a=2|tag a has been set twice"
      })
  void read_saysWhatIsWrongAndWhere(String text, String message) {
    assertThatThrownBy(() -> Logfmt.read(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }
}
