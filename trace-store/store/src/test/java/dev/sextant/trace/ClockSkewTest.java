package dev.sextant.trace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sextant.storage.otlp.AttributeValue;
import dev.sextant.storage.otlp.Attributes;
import dev.sextant.storage.otlp.Resource;
import dev.sextant.storage.otlp.Scope;
import dev.sextant.storage.otlp.TraceId;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ClockSkewTest {
  private static final TraceId TRACE = new TraceId(0, 1);
  private final List<Span> spans = new ArrayList<>();

  private static Resource resource(String service, String host) {
    return new Resource(
        new Attributes(
            List.of(
                new Attributes.Entry("service.name", AttributeValue.of(service)),
                new Attributes.Entry("host.name", AttributeValue.of(host)))),
        0,
        "");
  }

  private void add(long id, long parent, Span.Kind kind, String service, long start, long end) {
    add(id, parent, kind, resource(service, "host of " + service), start, end);
  }

  private void add(long id, long parent, Span.Kind kind, Resource resource, long start, long end) {
    spans.add(
        new Span(
            TRACE,
            id,
            parent,
            "op",
            kind,
            start,
            end,
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
            resource,
            Scope.EMPTY,
            spans.size()));
  }

  private long[] shifts() {
    return ClockSkew.shifts(new Trace(TRACE, spans));
  }

  @Test
  void serverWithinItsClient_staysWhereItIs() {
    add(1, 0, Span.Kind.CLIENT, "shop", 100, 200);
    add(2, 1, Span.Kind.SERVER, "stock", 100, 200);
    assertThat(shifts()).containsExactly(0, 0);
  }

  @Test
  void serverOutsideItsClient_goesToItsMiddle_andAllBelowOnItsHostGoesAlong() {
    add(1, 0, Span.Kind.CLIENT, "shop", 1000, 1100);
    add(2, 1, Span.Kind.SERVER, "stock", 5000, 5060);
    add(3, 2, Span.Kind.INTERNAL, "stock", 5010, 5020);
    add(4, 3, Span.Kind.CLIENT, "stock", 5012, 5018);
    add(5, 4, Span.Kind.SERVER, "database", 1033, 1037);
    assertThat(shifts()).containsExactly(0, -3980, -3980, -3980, 0);
  }

  @Test
  void serverLongerThanItsClient_beginsWithIt_orStays() {
    add(1, 0, Span.Kind.CLIENT, "shop", 1000, 1100);
    add(2, 1, Span.Kind.SERVER, "stock", 900, 1500);
    add(3, 1, Span.Kind.SERVER, "stock", 1050, 1500);
    assertThat(shifts()).containsExactly(0, 100, 0);
  }

  @Test
  void consumer_mayComeLate_butNotBeforeItsProducer() {
    add(1, 0, Span.Kind.PRODUCER, "shop", 1000, 1001);
    add(2, 1, Span.Kind.CONSUMER, "mail", 90_000, 90_500);
    add(3, 1, Span.Kind.CONSUMER, "bill", 400, 450);
    assertThat(shifts()).containsExactly(0, 0, 600);
  }

  @Test
  void spansOfOneHost_shareItsClock() {
    add(1, 0, Span.Kind.CLIENT, resource("shop", "a"), 1000, 1100);
    add(2, 1, Span.Kind.SERVER, resource("stock", "a"), 900, 950);
    assertThat(shifts()).containsExactly(0, 0);
  }

  @Test
  void sharedIdOfClientAndServer_isACall() {
    add(1, 0, Span.Kind.CLIENT, "shop", 1000, 1100);
    add(1, 0, Span.Kind.SERVER, "stock", 500, 560);
    add(2, 1, Span.Kind.INTERNAL, "stock", 510, 520);
    assertThat(shifts()).containsExactly(0, 520, 520);
  }

  @Test
  void ringsAndMissingParents_stay() {
    add(1, 2, Span.Kind.SERVER, "a", 10, 20);
    add(2, 1, Span.Kind.CLIENT, "b", 100, 200);
    add(3, 9, Span.Kind.SERVER, "c", 0, 5);
    add(4, 4, Span.Kind.SERVER, "d", 0, 5);
    assertThat(shifts()).containsExactly(0, 0, 0, 0);
  }

  @Test
  void deepTraces_areFollowedToTheEnd() {
    IntStream.range(0, 100_000)
        .forEach(i -> add(i + 1, i, Span.Kind.INTERNAL, i == 0 ? "a" : "b", i == 0 ? 50 : i, i));
    assertThat(shifts()[99_999]).isEqualTo(49);
  }
}
