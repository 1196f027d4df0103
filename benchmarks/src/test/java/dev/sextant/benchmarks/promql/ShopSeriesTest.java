package dev.sextant.benchmarks.promql;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.CodedInputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.xerial.snappy.Snappy;

/** The series and questions are what the figures are said to be of. */
class ShopSeriesTest {

  @Test
  void eachRound_hasASampleOfAThousandSeries() throws Exception {
    ShopSeries series = new ShopSeries(1_700_000_000_123L);

    assertThat(labelSets(series.request(0)))
        .hasSize(ShopSeries.SERIES)
        .isEqualTo(labelSets(series.request(ShopSeries.ROUNDS - 1)));
    assertThat(series.endMillis() % 60_000).isZero();
    assertThat(series.endMillis()).isLessThanOrEqualTo(1_700_000_000_123L);
  }

  private static Set<String> labelSets(byte[] request) throws Exception {
    CodedInputStream in = CodedInputStream.newInstance(Snappy.uncompress(request));
    Set<String> sets = new HashSet<>();
    while (!in.isAtEnd()) {
      in.readTag();
      CodedInputStream series = CodedInputStream.newInstance(in.readByteArray());
      StringBuilder labels = new StringBuilder();
      for (int tag = series.readTag(); tag == (1 << 3 | 2); tag = series.readTag()) {
        labels.append(new String(series.readByteArray(), StandardCharsets.UTF_8));
      }
      sets.add(labels.toString());
    }
    return sets;
  }

  @Test
  void answers_areAlikeWithSeriesPointsAndSum() throws Exception {
    AnswerSize matrix = size("[{\"values\":[[1,\"2\"],[2,\"3.5\"]]},{\"values\":[[1,\"+Inf\"]]}]");
    AnswerSize vector = size("[{\"value\":[1,\"5.5\"]}]");

    assertThat(matrix).isEqualTo(new AnswerSize(2, 3, 5.5));
    assertThat(vector).isEqualTo(new AnswerSize(1, 1, 5.5));
    assertThat(matrix.isLike(new AnswerSize(2, 3, 5.500001))).isTrue();
    assertThat(matrix.isLike(vector)).isFalse();
    assertThat(size("[]").isLike(size("[]"))).isFalse();
  }

  private static AnswerSize size(String result) throws Exception {
    String answer = "{\"status\":\"success\",\"data\":{\"result\":" + result + "}}";
    return AnswerSize.of(answer.getBytes(StandardCharsets.UTF_8));
  }
}
