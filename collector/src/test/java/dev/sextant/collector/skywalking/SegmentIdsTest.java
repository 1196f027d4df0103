package dev.sextant.collector.skywalking;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sextant.storage.otlp.TraceId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The agent makes the same ids of the same texts: its test reads the same file. */
class SegmentIdsTest {
  static List<String> vectors() throws IOException {
    Path file = Path.of(System.getProperty("sextant.root"), "testing", "skywalking", "ids.tsv");
    return Files.readAllLines(file).stream().filter(line -> !line.startsWith("#")).toList();
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void ids_areAsTheFileSays(String line) {
    String[] columns = line.split("\t");
    SegmentIds ids = new SegmentIds();

    assertThat(ids.trace(columns[0])).isEqualTo(TraceId.parse(columns[3]));
    assertThat("%016x".formatted(ids.span(columns[1], Integer.parseInt(columns[2]))))
        .isEqualTo(columns[4]);
  }
}
