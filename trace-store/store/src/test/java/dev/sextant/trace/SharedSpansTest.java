package dev.sextant.trace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sextant.storage.otlp.Attributes;
import dev.sextant.storage.otlp.Resource;
import dev.sextant.storage.otlp.Scope;
import dev.sextant.storage.otlp.TraceId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SharedSpansTest {
  private static final TraceId TRACE = new TraceId(3, 1);
  private final List<Span> spans = new ArrayList<>();

  private void add(long id, long parent, Span.Kind kind) {
    spans.add(
        new Span(
            TRACE,
            id,
            parent,
            "op",
            kind,
            spans.size(),
            spans.size() + 10,
            Span.Status.UNSET,
            "",
            Attributes.EMPTY,
            0,
            List.of(),
            0,
            List.of(),
            0,
            "",
            0,
            Resource.EMPTY,
            Scope.EMPTY,
            spans.size()));
  }

  private List<Span> apart() {
    return SharedSpans.apart(new Trace(TRACE, spans)).spans();
  }

  @Test
  void aTraceWithoutSharedIds_isTheSame() {
    add(1, 0, Span.Kind.SERVER);
    add(2, 1, Span.Kind.CLIENT);
    add(3, 2, Span.Kind.SERVER);
    Trace trace = new Trace(TRACE, spans);
    assertThat(SharedSpans.apart(trace)).isSameAs(trace);
  }

  @Test
  void theCalledEnd_getsAnIdOfItsOwnBelowTheCaller_andItsChildrenFollow() {
    add(1, 0, Span.Kind.SERVER);
    add(2, 1, Span.Kind.CLIENT);
    add(2, 1, Span.Kind.SERVER);
    add(3, 2, Span.Kind.INTERNAL);

    List<Span> apart = apart();

    Span server = apart.get(2);
    assertThat(apart).extracting(Span::spanId).containsExactly(1L, 2L, server.spanId(), 3L);
    assertThat(server.spanId()).isNotIn(0L, 1L, 2L, 3L);
    assertThat(apart).extracting(Span::parentSpanId).containsExactly(0L, 1L, 2L, server.spanId());
    assertThat(server.attributes().text(SharedSpans.SHARED_ID)).isEqualTo("0000000000000002");
    assertThat(server.startNanos() - apart.get(1).startNanos()).isEqualTo(1);
    assertThat(server.row()).isEqualTo(2);
    assertThat(apart()).isEqualTo(apart);
  }

  @Test
  void chainsOfSharedIds_hangTogether() {
    add(2, 2, Span.Kind.SERVER);
    add(1, 0, Span.Kind.CLIENT);
    add(1, 0, Span.Kind.SERVER);
    add(2, 1, Span.Kind.CLIENT);
    add(4, 2, Span.Kind.PRODUCER);
    add(4, 2, Span.Kind.CONSUMER);

    List<Span> apart = apart();

    assertThat(apart).extracting(Span::spanId).doesNotHaveDuplicates();
    assertThat(apart.get(2).parentSpanId()).isEqualTo(1);
    assertThat(apart.get(3).parentSpanId()).isEqualTo(apart.get(2).spanId());
    assertThat(apart.get(0).parentSpanId()).isEqualTo(2);
    assertThat(apart.get(4).parentSpanId()).isEqualTo(apart.get(0).spanId());
    assertThat(apart.get(5).parentSpanId()).isEqualTo(4);
  }

  @Test
  void aCalledEndWhoseCallerToldNothing_staysAsItWasSent() {
    add(2, 1, Span.Kind.SERVER);
    add(3, 2, Span.Kind.CLIENT);
    assertThat(apart()).isEqualTo(spans);
  }
}
