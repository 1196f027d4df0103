package dev.sextant.server.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostCheckTest {
  private final HostCheck check = new HostCheck("10.1.2.3", List.of("Sextant.example"));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost",
        "localhost:9090",
        "127.0.0.1:1",
        "[::1]:9090",
        "[::1]",
        "10.1.2.3",
        "sextant.example:443"
      })
  void allows_ownNames(String authority) {
    assertThat(check.allows(authority)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "evil.example",
        "localhost.evil.example:9090",
        "",
        ":9090",
        "127.0.0.1.evil.example",
        "[::2]:1"
      })
  void allows_noForeignName(String authority) {
    assertThat(check.allows(authority)).isFalse();
  }
}
