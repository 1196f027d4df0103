package dev.sextant.agent.core.propagation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The server makes the same ids of the same texts: its test reads the same file. */
class SkyWalkingIdsTest {
  static List<String> vectors() throws IOException {
    Path file = Path.of(System.getProperty("sextant.root"), "testing", "skywalking", "ids.tsv");
    return Files.readAllLines(file).stream().filter(line -> !line.startsWith("#")).toList();
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void ids_areAsTheFileSays(String line) {
    String[] columns = line.split("\t");

    assertThat(SkyWalkingIds.trace(columns[0])).isEqualTo(columns[3]);
    assertThat(SkyWalkingIds.span(columns[1], Integer.parseInt(columns[2]))).isEqualTo(columns[4]);
  }

  @Test
  void ownSpan_comesBackFromItsSegment() {
    String span = "b7ad6b7169203331";
    assertThat(SkyWalkingIds.span(SkyWalkingIds.segment(span), 0)).isEqualTo(span);
  }
}
