package dev.sextant.api.tempo;

import dev.sextant.traceql.MetricsAnswer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Series as Tempo's {@code QueryRangeResponse} and {@code QueryInstantResponse}. */
final class MetricsMessage {
  private static final long MILLI = 1_000_000;

  private MetricsMessage() {}

  private record Sample(long timeNanos, double value) {}

  static void range(MessageWriter out, MetricsAnswer answer) throws IOException {
    out.list(
        1,
        "series",
        answer.series(),
        (message, series) -> {
          ValueMessage.named(message, 1, "labels", series.labels());
          message.list(
              2,
              "samples",
              samples(answer.timesNanos(), series.values()),
              (body, sample) -> {
                body.int64(1, "timestampMs", Math.floorDiv(sample.timeNanos(), MILLI));
                body.decimal(2, "value", sample.value());
              });
          message.messages(3, "exemplars", series.exemplars(), MetricsMessage::exemplar);
        });
    rest(out, answer);
  }

  static void instant(MessageWriter out, MetricsAnswer answer) throws IOException {
    List<MetricsAnswer.Series> present =
        answer.series().stream().filter(series -> !Double.isNaN(series.values()[0])).toList();
    out.list(
        1,
        "series",
        present,
        (message, series) -> {
          ValueMessage.named(message, 1, "labels", series.labels());
          message.decimal(2, "value", series.values()[0]);
        });
    rest(out, answer);
  }

  private static void rest(MessageWriter out, MetricsAnswer answer) throws IOException {
    out.message(
        2,
        "metrics",
        metrics -> SearchMessage.metrics(metrics, answer.tracesRead(), answer.inspected()));
    SearchMessage.partial(out, answer.incomplete(), answer.inspected());
  }

  private static List<Sample> samples(long[] times, double[] values) {
    List<Sample> samples = new ArrayList<>(times.length);
    for (int i = 0; i < times.length; i++) {
      if (!Double.isNaN(values[i])) {
        samples.add(new Sample(times[i], values[i]));
      }
    }
    return samples;
  }

  private static void exemplar(MessageWriter out, MetricsAnswer.Exemplar exemplar)
      throws IOException {
    ValueMessage.named(out, 1, "labels", exemplar.labels());
    out.decimal(2, "value", exemplar.value());
    out.int64(3, "timestampMs", Math.floorDiv(exemplar.timeNanos(), MILLI));
  }
}
