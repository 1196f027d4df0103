package dev.sextant.trace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sextant.storage.otlp.TraceId;
import dev.sextant.trace.TraceSummary.ServicePart;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TraceSummarizerTest {
  private final List<SpanSketch> spans = new ArrayList<>();

  private void add(long id, long parent, Span.Kind kind, String service, long start, long end) {
    spans.add(
        new SpanSketch(
            spans.size(), id, parent, kind, false, false, start, end - start, service, "op" + id));
  }

  private void add(long id, long parent, String service, long start, long end) {
    add(id, parent, Span.Kind.INTERNAL, service, start, end);
  }

  private TraceSummary summary() {
    return TraceSummarizer.summarize(new TraceId(0, 1), spans);
  }

  @Test
  void selfTime_isWhatNoChildCovers() {
    add(1, 0, "a", 100, 200);
    add(2, 1, "b", 90, 130);
    add(3, 1, "c", 120, 150);
    add(4, 1, "c", 125, 126);
    add(5, 1, "d", 190, 300);
    assertThat(summary().services())
        .containsExactly(
            new ServicePart("d", 1, 0, 110),
            new ServicePart("a", 1, 0, 40),
            new ServicePart("b", 1, 0, 40),
            new ServicePart("c", 2, 0, 31));
  }

  @Test
  void selfTime_ofAClientIsNotThatOfTheServerThatSharesItsId() {
    add(1, 0, Span.Kind.CLIENT, "shop", 0, 100);
    add(1, 0, Span.Kind.SERVER, "stock", 20, 80);
    add(2, 1, Span.Kind.CLIENT, "stock", 30, 40);
    assertThat(summary().services())
        .containsExactly(new ServicePart("stock", 2, 0, 60), new ServicePart("shop", 1, 0, 40));
  }

  @Test
  void selfTime_ofASpanThatIsItsOwnParentIsItsTime() {
    add(1, 1, "a", 0, 10);
    assertThat(summary().services()).containsExactly(new ServicePart("a", 1, 0, 10));
  }

  @Test
  void root_isTheEarliestWithoutParentElseTheEarliest() {
    add(3, 9, "c", 50, 60);
    assertThat(summary().rootName()).isEqualTo("op3");
    assertThat(summary().rootSeen()).isFalse();
    add(2, 0, "b", 70, 80);
    add(1, 0, "a", 65, 80);
    assertThat(summary().rootName()).isEqualTo("op1");
    assertThat(summary().rootSeen()).isTrue();
    assertThat(summary().startNanos()).isEqualTo(50);
    assertThat(summary().durationNanos()).isEqualTo(30);
  }

  @Test
  void databaseTime_isOfAllCallsWhetherOrNotTheyRunTogether() {
    add(1, 0, "shop", 0, 10);
    for (int i = 0; i < 3; i++) {
      spans.add(
          new SpanSketch(
              1 + i, 2 + i, 1, Span.Kind.CLIENT, false, i < 2, 2, 8, "shop", "select " + i));
    }
    assertThat(summary().databaseCalls()).isEqualTo(2);
    assertThat(summary().databaseNanos()).isEqualTo(16);
    assertThat(summary().durationNanos()).isEqualTo(10);
  }

  @Test
  void sharedSpanIdOfClientAndServer_countsSelfTimeOnce() {
    List<SpanSketch> shared =
        List.of(
            new SpanSketch(0, 1, 0, Span.Kind.SERVER, false, false, 0, 100, "front", "get"),
            new SpanSketch(1, 2, 1, Span.Kind.CLIENT, false, false, 10, 60, "front", "call"),
            new SpanSketch(2, 2, 1, Span.Kind.SERVER, false, false, 20, 40, "back", "call"),
            new SpanSketch(3, 3, 2, Span.Kind.INTERNAL, false, false, 30, 10, "back", "work"));
    TraceSummary summary = TraceSummarizer.summarize(new TraceId(0, 1), shared);
    Map<String, Long> self = new LinkedHashMap<>();
    summary.services().forEach(part -> self.put(part.service(), part.selfNanos()));
    assertThat(self).containsExactly(Map.entry("front", 40L + 20L), Map.entry("back", 30L + 10L));
  }
}
