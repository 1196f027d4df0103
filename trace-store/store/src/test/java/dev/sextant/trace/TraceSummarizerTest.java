package dev.sextant.trace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sextant.storage.otlp.TraceId;
import dev.sextant.trace.TraceSummary.ServicePart;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TraceSummarizerTest {
  private final List<SpanSketch> spans = new ArrayList<>();

  private void add(long id, long parent, Span.Kind kind, String service, long start, long end) {
    spans.add(
        new SpanSketch(
            spans.size(), id, parent, kind, false, start, end - start, service, "op" + id));
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
}
