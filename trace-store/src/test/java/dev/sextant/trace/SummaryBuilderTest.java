package dev.sextant.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sextant.storage.otlp.TraceId;
import dev.sextant.trace.TraceSummary.ServicePart;
import org.junit.jupiter.api.Test;

class SummaryBuilderTest {
  private final SummaryBuilder trace = new SummaryBuilder(new TraceId(0, 1));

  private void add(long id, long parent, String service, long start, long end) {
    trace.add(id, parent, Span.Kind.SERVER, service, "op" + id, start, end, Span.Status.UNSET);
  }

  @Test
  void selfTime_isWhatNoChildCovers() {
    add(1, 0, "a", 100, 200);
    add(2, 1, "b", 90, 130);
    add(3, 1, "c", 120, 150);
    add(4, 1, "c", 125, 126);
    add(5, 1, "d", 190, 300);
    assertThat(trace.build().services())
        .containsExactly(
            new ServicePart("d", 1, 0, 110),
            new ServicePart("a", 1, 0, 40),
            new ServicePart("b", 1, 0, 40),
            new ServicePart("c", 2, 0, 31));
  }

  @Test
  void root_isTheEarliestWithoutParentElseTheEarliest() {
    add(3, 9, "c", 50, 60);
    assertThat(trace.build().rootName()).isEqualTo("op3");
    assertThat(trace.build().rootSeen()).isFalse();
    add(2, 0, "b", 70, 80);
    add(1, 0, "a", 65, 80);
    assertThat(trace.build().rootName()).isEqualTo("op1");
    assertThat(trace.build().rootSeen()).isTrue();
    assertThat(trace.build().startNanos()).isEqualTo(50);
    assertThat(trace.build().durationNanos()).isEqualTo(30);
  }

  @Test
  void aSpanThatIsItsOwnParentOrAddedTwiceCountsOnce() {
    add(1, 1, "a", 0, 10);
    add(1, 1, "a", 0, 10);
    trace.add(1, 1, Span.Kind.CLIENT, "a", "shared id", 0, 10, Span.Status.ERROR);
    assertThat(trace.build().services()).containsExactly(new ServicePart("a", 2, 1, 20));
    assertThat(trace.build().errors()).isEqualTo(1);
  }

  @Test
  void anEndBeforeItsStartCountsAsNoTime() {
    add(1, 0, "a", 100, 40);
    assertThat(trace.build().durationNanos()).isZero();
  }

  @Test
  void withoutSpansThereIsNoSummary() {
    assertThatThrownBy(trace::build).isInstanceOf(IllegalStateException.class);
  }
}
