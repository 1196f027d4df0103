package dev.sextant.collector.otlp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sextant.collector.fixture.OtlpFixture;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.exporter.otlp.http.logs.OtlpHttpLogRecordExporter;
import io.opentelemetry.exporter.otlp.http.metrics.OtlpHttpMetricExporter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.exporter.otlp.logs.OtlpGrpcLogRecordExporter;
import io.opentelemetry.exporter.otlp.metrics.OtlpGrpcMetricExporter;
import io.opentelemetry.exporter.otlp.trace.OtlpGrpcSpanExporter;
import io.opentelemetry.sdk.logs.SdkLoggerProvider;
import io.opentelemetry.sdk.logs.export.LogRecordExporter;
import io.opentelemetry.sdk.logs.export.SimpleLogRecordProcessor;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.export.MetricExporter;
import io.opentelemetry.sdk.metrics.export.PeriodicMetricReader;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** OpenTelemetry's own exporters as clients. */
class OtlpSdkIT {
  private static final OtlpFixture otlp = new OtlpFixture(InstantSource.system(), 64 << 20);
  private final String url = "http://127.0.0.1:" + otlp.port();
  private final Resource resource =
      Resource.create(Attributes.builder().put("service.name", "shop").build());

  @AfterAll
  static void stop() {
    otlp.close();
  }

  @AfterEach
  void memoryIsGivenBack() {
    otlp.reset();
  }

  @ParameterizedTest
  @ValueSource(strings = {"grpc none", "grpc gzip", "http none", "http gzip"})
  void spans(String how) {
    SpanExporter exporter =
        how.startsWith("grpc")
            ? OtlpGrpcSpanExporter.builder()
                .setEndpoint(url)
                .setCompression(how.substring(5))
                .build()
            : OtlpHttpSpanExporter.builder()
                .setEndpoint(url + "/v1/traces")
                .setCompression(how.substring(5))
                .build();
    SdkTracerProvider provider =
        SdkTracerProvider.builder()
            .setResource(resource)
            .addSpanProcessor(SimpleSpanProcessor.create(exporter))
            .build();
    provider.get("test").spanBuilder("GET /").startSpan().end();
    assertThat(provider.forceFlush().join(30, TimeUnit.SECONDS).isSuccess()).isTrue();
    provider.close();
    assertThat(otlp.spans.only().rows()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"grpc none", "grpc gzip", "http none", "http gzip"})
  void logs(String how) {
    LogRecordExporter exporter =
        how.startsWith("grpc")
            ? OtlpGrpcLogRecordExporter.builder()
                .setEndpoint(url)
                .setCompression(how.substring(5))
                .build()
            : OtlpHttpLogRecordExporter.builder()
                .setEndpoint(url + "/v1/logs")
                .setCompression(how.substring(5))
                .build();
    SdkLoggerProvider provider =
        SdkLoggerProvider.builder()
            .setResource(resource)
            .addLogRecordProcessor(SimpleLogRecordProcessor.create(exporter))
            .build();
    provider.get("test").logRecordBuilder().setBody("hello").emit();
    assertThat(provider.forceFlush().join(30, TimeUnit.SECONDS).isSuccess()).isTrue();
    provider.close();
    assertThat(otlp.logs.only().rows()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"grpc none", "grpc gzip", "http none", "http gzip"})
  void metrics(String how) {
    MetricExporter exporter =
        how.startsWith("grpc")
            ? OtlpGrpcMetricExporter.builder()
                .setEndpoint(url)
                .setCompression(how.substring(5))
                .build()
            : OtlpHttpMetricExporter.builder()
                .setEndpoint(url + "/v1/metrics")
                .setCompression(how.substring(5))
                .build();
    SdkMeterProvider provider =
        SdkMeterProvider.builder()
            .setResource(resource)
            .registerMetricReader(PeriodicMetricReader.create(exporter))
            .build();
    provider.get("test").counterBuilder("orders.placed").build().add(3);
    assertThat(provider.forceFlush().join(30, TimeUnit.SECONDS).isSuccess()).isTrue();
    var target = otlp.metrics.only().targets().getFirst();
    assertThat(target.target().get("job")).isEqualTo("shop");
    assertThat(target.series().getFirst().labels().metricName()).isEqualTo("orders_placed_total");
    assertThat(target.series().getFirst().values()).containsExactly(3);
    provider.close();
  }
}
