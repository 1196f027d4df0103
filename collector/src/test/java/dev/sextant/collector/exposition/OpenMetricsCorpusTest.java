package dev.sextant.collector.exposition;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sextant.collector.fixture.Corpora;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** OpenMetrics' own parser cases, each of which says whether it must parse. */
class OpenMetricsCorpusTest {
  private static final int KNOWN_CASES = 159;

  @Test
  void everyCase_isJudgedAsItsAuthorsDo() throws IOException {
    Path folder = Corpora.require("openmetrics/parsers");
    List<String> disagreed = new ArrayList<>();
    int cases = 0;
    try (Stream<Path> all = Files.list(folder)) {
      for (Path each : all.sorted().toList()) {
        var test = new ObjectMapper().readTree(each.resolve("test.json").toFile());
        cases++;
        String verdict = verdict(Files.readAllBytes(each.resolve(test.get("file").asText())));
        if (verdict.isEmpty() != test.get("shouldParse").asBoolean()) {
          disagreed.add(each.getFileName() + " " + verdict);
        }
      }
    }
    assertThat(disagreed).isEmpty();
    assertThat(cases).isGreaterThanOrEqualTo(KNOWN_CASES);
  }

  private static String verdict(byte[] body) {
    try {
      ExpositionParser.parse(ByteBuffer.wrap(body), Dialect.OPENMETRICS, new Recorded());
      return "";
    } catch (ExpositionException e) {
      return e.getMessage();
    }
  }
}
