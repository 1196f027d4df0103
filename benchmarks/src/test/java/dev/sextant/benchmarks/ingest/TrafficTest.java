package dev.sextant.benchmarks.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.CodedInputStream;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.trace.v1.Span;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.xerial.snappy.Snappy;

/** Requests hold as many rows as they say, or every figure would be wrong. */
class TrafficTest {

  @Test
  void spans_areDistinctAndFormTracesOfTen() throws Exception {
    SpanTraffic traffic = new SpanTraffic();
    Map<Object, Integer> traces = new HashMap<>();
    Set<Object> ids = new HashSet<>();
    for (int number = 0; number < 20; number++) {
      ExportTraceServiceRequest request =
          ExportTraceServiceRequest.parseFrom(traffic.request(number));
      List<Span> spans = request.getResourceSpans(0).getScopeSpans(0).getSpansList();
      assertThat(spans).hasSize(traffic.rows());
      for (Span span : spans) {
        ids.add(span.getSpanId());
        traces.merge(span.getTraceId(), 1, Integer::sum);
        assertThat(ids.contains(span.getParentSpanId())).isEqualTo(number % 10 > 0);
      }
    }
    assertThat(ids).hasSize(20 * traffic.rows());
    assertThat(traces).hasSize(2 * traffic.rows());
    assertThat(traces.values()).containsOnly(10);
  }

  @Test
  void samples_areOfDistinctSeriesWithTheirValuesAndTimes() throws Exception {
    OtlpSamples traffic = new OtlpSamples();
    TargetSamples samples = new TargetSamples();
    ExportMetricsServiceRequest request = ExportMetricsServiceRequest.parseFrom(traffic.request(7));
    Set<String> series = new HashSet<>();
    Set<Long> times = new HashSet<>();
    for (Metric metric : request.getResourceMetrics(0).getScopeMetrics(0).getMetricsList()) {
      var point =
          metric.hasSum() ? metric.getSum().getDataPoints(0) : metric.getGauge().getDataPoints(0);
      assertThat(point.getAsDouble()).isEqualTo(samples.value(7, series.size()));
      times.add(point.getTimeUnixNano() / 1_000_000);
      series.add(metric.getName() + point.getAttributesList());
    }
    assertThat(series).hasSize(traffic.rows());
    assertThat(times).hasSize(1);
    assertThat(System.currentTimeMillis() - times.iterator().next())
        .isBetween(22 * 3_600_000L, 24 * 3_600_000L);
  }

  @Test
  void remoteWrite_hasASeriesForEachRowWithItsValueAndTime() throws Exception {
    RemoteWriteSamples traffic = new RemoteWriteSamples();
    TargetSamples samples = new TargetSamples();
    long number = 7 + 3 * TargetSamples.TARGETS;
    CodedInputStream in = CodedInputStream.newInstance(Snappy.uncompress(traffic.request(number)));
    int series = 0;
    while (!in.isAtEnd()) {
      assertThat(in.readTag() >>> 3).isEqualTo(1);
      in.readRawVarint32();
      for (int label = 0; label < 4; label++) {
        in.skipField(in.readTag());
      }
      in.readTag();
      in.readRawVarint32();
      in.readTag();
      assertThat(in.readDouble()).isEqualTo(samples.value(number, series++));
      in.readTag();
      assertThat(System.currentTimeMillis() - in.readInt64())
          .isBetween(22 * 3_600_000L, 24 * 3_600_000L);
    }
    assertThat(series).isEqualTo(traffic.rows());
  }

  @Test
  void counters_neverGoDown() {
    TargetSamples samples = new TargetSamples();
    for (int series = 0; series < TargetSamples.SERIES; series += 2) {
      double last = -1;
      for (long round = 0; round < 50; round++) {
        double value = samples.value(round * TargetSamples.TARGETS, series);
        assertThat(value).isGreaterThanOrEqualTo(last);
        last = value;
      }
    }
  }

  @Test
  void lines_areAsManyAsSaid() throws Exception {
    LineTraffic traffic = new LineTraffic();
    ExportLogsServiceRequest request = ExportLogsServiceRequest.parseFrom(traffic.request(7));
    assertThat(request.getResourceLogs(0).getScopeLogs(0).getLogRecordsList())
        .hasSize(traffic.rows());
  }
}
