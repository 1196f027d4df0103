package dev.sextant.agent.core.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RedactionTest {
  @ParameterizedTest
  @CsvSource({
    "http://user:secret@host/a,http://REDACTED:REDACTED@host/a",
    "http://host/a@b,http://host/a@b",
    "https://h/a?sig=abc&x=1,https://h/a?sig=REDACTED&x=1",
    "https://h/a?x=1&X-Amz-Signature=abc#frag,https://h/a?x=1&X-Amz-Signature=REDACTED#frag",
    "https://h/a?design=1,https://h/a?design=1"
  })
  void url_losesItsSecretsOnly(String url, String expected) {
    assertThat(Redaction.url(url)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"token=a&b=c,token=REDACTED&b=c", "b=c,b=c", "token,token"})
  void query_losesItsSecretsOnly(String query, String expected) {
    assertThat(Redaction.query(query)).isEqualTo(expected);
  }
}
