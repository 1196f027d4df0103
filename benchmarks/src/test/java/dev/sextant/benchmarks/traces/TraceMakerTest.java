package dev.sextant.benchmarks.traces;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The landscape is as large as the benchmark says, and what is sent is what was made. */
class TraceMakerTest {
  private static final Day DAY = Day.of(200_000);

  private final Landscape landscape = Landscape.read();
  private final TraceMaker maker = new TraceMaker(landscape, DAY);

  @Test
  void landscape_hasThirtyServicesAndFiveHundredInstances() {
    assertThat(landscape.services()).hasSize(30);
    assertThat(landscape.instances()).isEqualTo(500);
    Instances instances = new Instances(landscape);
    Set<Object> resources = new HashSet<>();
    for (int i = 0; i < landscape.instances(); i++) {
      resources.add(instances.resource(i));
    }
    assertThat(resources).hasSize(500);
  }

  @Test
  void traces_haveTenSpansInTheMeanAndTwoHundredAtMost() {
    long spans = 0;
    int longest = 0;
    Set<Integer> instances = new HashSet<>();
    for (long number = 0; number < DAY.traces(); number++) {
      List<MadeSpan> trace = maker.make(number).spans();
      spans += trace.size();
      longest = Math.max(longest, trace.size());
      trace.forEach(span -> instances.add(span.instance));
    }
    assertThat(spans / (double) DAY.traces()).isBetween(9.8, 10.2);
    assertThat(longest).isEqualTo(200);
    assertThat(instances).hasSizeGreaterThan(490);
  }

  @Test
  void trace_isTheSameEachTimeItIsMade() {
    for (long number = 0; number < 100; number++) {
      assertThat(sent(new TraceMaker(landscape, DAY).make(number)))
          .isEqualTo(sent(maker.make(number)));
    }
  }

  private static List<Span> sent(MadeTrace trace) {
    return trace.spans().stream().map(span -> SentSpan.of(trace, span).otlp()).toList();
  }

  @Test
  void children_lieWithinTheirParentsUnlessDetached() {
    for (long number = 0; number < 2_000; number++) {
      MadeTrace trace = maker.make(number);
      for (MadeSpan span : trace.spans()) {
        if (span.parent >= 0 && !span.detached) {
          MadeSpan parent = trace.spans().get(span.parent);
          assertThat(parent.index).isLessThan(span.index);
          assertThat(span.startNanos).isGreaterThanOrEqualTo(parent.startNanos - 1_000);
          assertThat(span.endNanos()).isLessThanOrEqualTo(parent.endNanos() + 1_000);
        }
      }
    }
  }

  @Test
  void number_isReadFromAnId() {
    for (long number : new long[] {0, 1, 77, 999_999, 1L << 40}) {
      assertThat(Ids.traceOf(Ids.traceHigh(number))).isEqualTo(number);
    }
  }

  @Test
  void exports_holdEverySpanOnceInTheOrderOfTheirSending() throws Exception {
    Day day = Day.of(20_000);
    Set<Object> made = new HashSet<>();
    Exports exports =
        new Exports(
            new TraceMaker(landscape, day),
            day,
            trace -> trace.spans().forEach(s -> made.add(Ids.spanBytes(trace.number(), s.index))));
    Instances instances = new Instances(landscape);
    List<Object> sent = new ArrayList<>();
    long last = 0;
    while (exports.hasNext()) {
      Export export = exports.next();
      assertThat(export.atMillis()).isGreaterThanOrEqualTo(last);
      last = export.atMillis();
      for (ResourceSpans resource :
          ExportTraceServiceRequest.parseFrom(export.otlp(instances)).getResourceSpansList()) {
        for (ScopeSpans scope : resource.getScopeSpansList()) {
          scope.getSpansList().forEach(span -> sent.add(span.getSpanId()));
        }
      }
    }
    assertThat(sent).hasSameSizeAs(made);
    assertThat(new HashSet<>(sent)).isEqualTo(made);
    assertThat(last).isLessThan(day.midnightMillis());
  }

  @Test
  void zipkin_getsTheSameSpans() throws Exception {
    MadeTrace trace = maker.make(7);
    List<SentSpan> spans = trace.spans().stream().map(s -> SentSpan.of(trace, s)).toList();
    JsonNode json = JsonMapper.builder().build().readTree(ZipkinJson.of(new Export(0, spans)));
    assertThat(json).hasSameSizeAs(spans);
    for (int i = 0; i < spans.size(); i++) {
      MadeSpan span = trace.spans().get(i);
      assertThat(json.get(i).path("traceId").asText()).isEqualTo(Ids.traceHex(7));
      assertThat(json.get(i).path("name").asText()).isEqualTo(span.name);
      assertThat(json.get(i).path("tags").size())
          .isEqualTo(span.attributes.size() + (span.failed ? 1 : 0));
    }
  }
}
