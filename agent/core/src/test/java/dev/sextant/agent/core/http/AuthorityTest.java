package dev.sextant.agent.core.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AuthorityTest {
  @ParameterizedTest
  @CsvSource({
    "host,host,0",
    "host:8080,host,8080",
    "[::1]:8080,[::1],8080",
    "[::1],[::1],0",
    "host:nonsense,host,0",
    "host:99999,host,0"
  })
  void header_isSplit(String header, String host, int port) {
    Authority authority = Authority.parse(header);
    assertThat(authority.host).isEqualTo(host);
    assertThat(authority.port).isEqualTo(port);
  }

  @Test
  void absentHeader_isNull() {
    assertThat(Authority.parse(null)).isNull();
    assertThat(Authority.parse(" ")).isNull();
  }
}
