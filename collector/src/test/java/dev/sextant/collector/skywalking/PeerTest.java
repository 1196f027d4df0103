package dev.sextant.collector.skywalking;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PeerTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "payments:8080 | payments | 8080 | true",
        "payments | payments | 0 | true",
        "10.0.0.1:6379 | 10.0.0.1 | 6379 | true",
        "[::1]:9200 | ::1 | 9200 | true",
        "fe80::1 | fe80::1 | 0 | true",
        "a:9092;b:9092 | a | 9092 | false",
        "a:9092, b:9092 | a | 9092 | false",
        "http://a:80 | a | 80 | false",
        "localhost:-1 | localhost | 0 | true",
        "a:99999 | a:99999 | 0 | true",
        "a:b | a:b | 0 | true",
        ": | : | 0 | true"
      })
  void of(String text, String host, int port, boolean isWhole) {
    assertThat(Peer.of(text)).isEqualTo(new Peer(host, port, isWhole));
  }
}
