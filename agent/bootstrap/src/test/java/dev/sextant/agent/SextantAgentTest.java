package dev.sextant.agent;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SextantAgentTest {
  @ParameterizedTest
  @CsvSource({"1.7,false", "1.5,false", "1.8,true", "11,true", "17,true", "25,true", "100,true"})
  void java8AndLater_areSupported(String version, boolean supported) {
    assertThat(SextantAgent.isSupported(version)).isEqualTo(supported);
  }
}
