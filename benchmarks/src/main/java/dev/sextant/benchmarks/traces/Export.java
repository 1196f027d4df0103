package dev.sextant.benchmarks.traces;

import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a collector sends at one time: spans of many instances, by instance and library.
 *
 * @param atMillis since the epoch
 */
record Export(long atMillis, List<SentSpan> spans) {
  byte[] otlp(Instances instances) {
    Map<Integer, Map<String, ScopeSpans.Builder>> byInstance = new TreeMap<>();
    for (SentSpan each : spans) {
      byInstance
          .computeIfAbsent(each.span().instance, instance -> new TreeMap<>())
          .computeIfAbsent(each.span().scope, Export::scope)
          .addSpans(each.otlp());
    }
    ExportTraceServiceRequest.Builder request = ExportTraceServiceRequest.newBuilder();
    byInstance.forEach(
        (instance, scopes) -> {
          ResourceSpans.Builder resource =
              ResourceSpans.newBuilder().setResource(instances.resource(instance));
          scopes.values().forEach(resource::addScopeSpans);
          request.addResourceSpans(resource);
        });
    return request.build().toByteArray();
  }

  private static ScopeSpans.Builder scope(String name) {
    return ScopeSpans.newBuilder()
        .setScope(InstrumentationScope.newBuilder().setName(name).setVersion("2.20.1-alpha"))
        .setSchemaUrl("https://opentelemetry.io/schemas/1.37.0");
  }
}
