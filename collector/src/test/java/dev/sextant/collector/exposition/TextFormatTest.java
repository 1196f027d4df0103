package dev.sextant.collector.exposition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sextant.collector.fixture.Corpora;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TextFormatTest {
  @Test
  void classicText_isReadLeniently() throws Exception {
    assertThat(
            read(
                """
                # a comment
                # HELP http_requests_total The \\\\ total\\nnumber.
                # TYPE http_requests_total counter
                http_requests_total{method="post",code="200",} 1027 1395066363000
                http_requests_total { method = "a\\"b\\\\c\\nd" }   +Inf

                # TYPE metric_without_timestamp untyped
                metric_without_timestamp 12.47
                nan NaN
                hex 0x1p-3
                """))
        .containsExactly(
            "help http_requests_total The \\ total\nnumber.",
            "type http_requests_total counter",
            "http_requests_total{method=post, code=200} 1027.0 @1395066363000",
            "http_requests_total{method=a\"b\\c\nd} Infinity",
            "type metric_without_timestamp unknown",
            "metric_without_timestamp{} 12.47",
            "nan{} NaN",
            "hex{} 0.125");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "a|line 1: '' is no number",
        "a{b=1} 1|the value of label b is not quoted",
        "a{b=\"1} 1|has no closing quote",
        "a{b=\"1\" c=\"2\"} 1|expected ',' or '}' after label b",
        "a{b=\"1\",b=\"2\"} 1|label b stands twice",
        "a 1 2 3|more text follows the sample: '3'",
        "a 1 2.5|no number of milliseconds",
        "9a 1|expected a metric's name",
        "# TYPE a meh|'meh' is no metric type",
        "# TYPE 9 gauge|# TYPE names no metric",
      })
  void brokenLines_areNamed(String text, String message) {
    assertThatThrownBy(() -> read(text + "\n")).hasMessageContaining(message);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "prometheus/model/textparse/testdata/alltypes.237mfs.prom.txt",
        "prometheus/model/textparse/testdata/alltypes.237mfs.nometa.prom.txt"
      })
  void realExpositions_areReadWhole(String file) throws Exception {
    byte[] body = Files.readAllBytes(Corpora.require(file));
    long samples =
        new String(body, StandardCharsets.UTF_8)
            .lines()
            .filter(line -> !line.isEmpty() && !line.startsWith("#"))
            .count();
    Recorded recorded = new Recorded();
    ExpositionParser.parse(ByteBuffer.wrap(body), Dialect.TEXT, recorded);
    assertThat(recorded.lines.stream().filter(line -> line.contains("{")).count())
        .isGreaterThanOrEqualTo(samples);
  }

  @Test
  void timestampsBeyondEveryRange_areRefused() {
    byte[] body = "a 1 1e-99999999999\n# EOF\n".getBytes(StandardCharsets.UTF_8);
    assertThatThrownBy(
            () ->
                ExpositionParser.parse(ByteBuffer.wrap(body), Dialect.OPENMETRICS, new Recorded()))
        .isInstanceOf(ExpositionException.class)
        .hasMessageContaining("out of every range");
  }

  private static List<String> read(String text) throws ExpositionException {
    Recorded recorded = new Recorded();
    ExpositionParser.parse(
        ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)), Dialect.TEXT, recorded);
    return recorded.lines;
  }
}
