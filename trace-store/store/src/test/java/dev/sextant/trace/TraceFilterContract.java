package dev.sextant.trace;

import static dev.sextant.trace.SpanPayload.attribute;
import static dev.sextant.trace.SpanPayload.failed;
import static dev.sextant.trace.SpanPayload.of;
import static dev.sextant.trace.SpanPayload.span;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sextant.storage.TimeRange;
import dev.sextant.storage.UnsupportedPlanException;
import dev.sextant.storage.otlp.AttributeValue;
import dev.sextant.trace.SpanFilter.Op;
import io.opentelemetry.proto.trace.v1.Span.SpanKind;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Promises about which spans a filter takes, each on its own and combined. */
abstract class TraceFilterContract extends TraceKeepingContract {
  @Test
  void filter_service() {
    apply(of("shop", span(1, 1, "a", T0)), of("stock", span(2, 1, "a", T0 + 1)));
    assertThat(found(equal(SpanField.SERVICE, "shop"))).containsExactly(1L);
    assertThat(found(equal(SpanField.SERVICE, "sho"))).isEmpty();
  }

  @Test
  void filter_operationName() {
    apply(of("shop", span(1, 1, "GET /", T0), span(2, 1, "GET /a", T0 + 1)));
    assertThat(found(equal(SpanField.NAME, "GET /"))).containsExactly(1L);
  }

  @Test
  void filter_kind() {
    apply(
        of(
            "shop",
            span(1, 1, "a", T0),
            span(2, 1, "a", T0 + 1).setKind(SpanKind.SPAN_KIND_CLIENT),
            span(3, 1, "a", T0 + 2).setKind(SpanKind.SPAN_KIND_UNSPECIFIED)));
    assertThat(found(equal(SpanField.KIND, "server"))).containsExactly(1L);
    assertThat(found(equal(SpanField.KIND, "client"))).containsExactly(2L);
    assertThat(found(equal(SpanField.KIND, "unspecified"))).containsExactly(3L);
  }

  @Test
  void filter_status() {
    apply(of("shop", span(1, 1, "a", T0), span(2, 1, "a", T0 + 1).setStatus(failed())));
    assertThat(found(equal(SpanField.STATUS, "error"))).containsExactly(2L);
    assertThat(found(equal(SpanField.STATUS, "unset"))).containsExactly(1L);
    assertThat(found(equal(SpanField.STATUS, "ok"))).isEmpty();
  }

  @Test
  void filter_durationInNanoseconds() {
    apply(
        of(
            "shop",
            span(1, 1, "a", T0).setEndTimeUnixNano(T0 + 1_000),
            span(2, 1, "a", T0 + 1).setEndTimeUnixNano(T0 + 1 + 2_000),
            span(3, 1, "ends before it starts", T0 + 2).setEndTimeUnixNano(T0 - 5)));
    assertThat(found(duration(Op.GREATER, 1_000))).containsExactly(2L);
    assertThat(found(duration(Op.GREATER_OR_EQUAL, 1_000))).containsExactly(2L, 1L);
    assertThat(found(duration(Op.LESS, 1_000))).containsExactly(3L);
    assertThat(found(duration(Op.EQUAL, 0))).containsExactly(3L);
    assertThat(found(compare(SpanField.DURATION, Op.LESS_OR_EQUAL, AttributeValue.of(1_000.5))))
        .containsExactly(3L, 1L);
  }

  private static SpanFilter duration(Op op, long nanos) {
    return compare(SpanField.DURATION, op, AttributeValue.of(nanos));
  }

  @Test
  void filter_timeRangeTakesSpansThatStartInside() {
    for (int i = 1; i <= 4; i++) {
      apply(of("shop", span(i, 1, "a", T0 + i)));
    }
    assertThat(ids(search(new TimeRange(T0 + 2, T0 + 4), SpanFilter.ALL))).containsExactly(3L, 2L);
    assertThat(ids(search(new TimeRange(T0 + 5, T0 + 9), SpanFilter.ALL))).isEmpty();
    assertThat(ids(search(new TimeRange(T0 + 2, T0 + 2), SpanFilter.ALL))).isEmpty();
  }

  @Test
  void filter_attributeOfSpanOfResourceAndOfAny() {
    apply(
        of(
            List.of(attribute("service.name", "shop"), attribute("zone", "a")),
            span(1, 1, "x", T0),
            span(2, 1, "x", T0 + 1).addAttributes(attribute("zone", "b")),
            span(3, 1, "x", T0 + 2).addAttributes(attribute("user", "a"))));
    assertThat(found(equal(spanField("zone"), "b"))).containsExactly(2L);
    assertThat(found(equal(spanField("zone"), "a"))).isEmpty();
    assertThat(found(equal(resourceField("zone"), "a"))).containsExactly(3L, 2L, 1L);
    assertThat(found(equal(resourceField("user"), "a"))).isEmpty();
    assertThat(found(equal(anyField("zone"), "a"))).containsExactly(3L, 1L);
    assertThat(found(equal(anyField("zone"), "b"))).containsExactly(2L);
    assertThat(found(equal(anyField("user"), "a"))).containsExactly(3L);
  }

  @Test
  void filter_aKeySentTwiceIsComparedByItsFirstValue() {
    apply(
        of(
            "shop",
            span(1, 1, "x", T0)
                .addAttributes(attribute("k", "a"))
                .addAttributes(attribute("k", "b"))));
    assertThat(found(equal(spanField("k"), "a"))).containsExactly(1L);
    assertThat(found(equal(spanField("k"), "b"))).isEmpty();
  }

  @Test
  void filter_numbersCompareByValue() {
    apply(
        of(
            "shop",
            span(1, 1, "x", T0).addAttributes(attribute("n", -5)),
            span(2, 1, "x", T0 + 1).addAttributes(attribute("n", 200)),
            span(3, 1, "x", T0 + 2).addAttributes(attribute("n", 200.0)),
            span(4, 1, "x", T0 + 3).addAttributes(attribute("n", 200.5)),
            span(5, 1, "x", T0 + 4).addAttributes(attribute("n", (1L << 53) + 1)),
            span(6, 1, "x", T0 + 5).addAttributes(attribute("n", Double.NaN))));
    assertThat(found(number(Op.EQUAL, AttributeValue.of(200)))).containsExactly(3L, 2L);
    assertThat(found(number(Op.EQUAL, AttributeValue.of(200.0)))).containsExactly(3L, 2L);
    assertThat(found(number(Op.GREATER, AttributeValue.of(200)))).containsExactly(5L, 4L);
    assertThat(found(number(Op.GREATER, AttributeValue.of(1L << 53)))).containsExactly(5L);
    assertThat(found(number(Op.EQUAL, AttributeValue.of((double) (1L << 53))))).isEmpty();
    assertThat(found(number(Op.LESS, AttributeValue.of(0.0)))).containsExactly(1L);
    assertThat(found(number(Op.LESS_OR_EQUAL, AttributeValue.of(200)))).containsExactly(3L, 2L, 1L);
  }

  private static SpanFilter number(Op op, AttributeValue value) {
    return compare(spanField("n"), op, value);
  }

  @Test
  void filter_textComparesByCodeUnitsAndTypesStayApart() {
    apply(
        of(
            "shop",
            span(1, 1, "x", T0).addAttributes(attribute("v", "200")),
            span(2, 1, "x", T0 + 1).addAttributes(attribute("v", 200)),
            span(3, 1, "x", T0 + 2).addAttributes(attribute("v", true)),
            span(4, 1, "x", T0 + 3).addAttributes(attribute("v", "true")),
            span(5, 1, "x", T0 + 4).addAttributes(attribute("v", "1000")),
            span(6, 1, "x", T0 + 5)));
    assertThat(found(equal(spanField("v"), "200"))).containsExactly(1L);
    assertThat(found(compare(spanField("v"), Op.EQUAL, AttributeValue.of(200))))
        .containsExactly(2L);
    assertThat(found(compare(spanField("v"), Op.EQUAL, AttributeValue.of(true))))
        .containsExactly(3L);
    assertThat(found(compare(spanField("v"), Op.LESS, AttributeValue.of("200"))))
        .containsExactly(5L);
    assertThat(found(compare(spanField("v"), Op.GREATER, AttributeValue.of("200"))))
        .containsExactly(4L);
    assertThat(found(compare(spanField("v"), Op.GREATER_OR_EQUAL, AttributeValue.of("200"))))
        .containsExactly(4L, 1L);
  }

  @Test
  void filter_allPartsHoldOnOneSpan() {
    apply(
        of("shop", span(1, 1, "a", T0).setStatus(failed()), span(1, 2, "b", T0 + 1)),
        of("shop", span(2, 1, "b", T0 + 2).setStatus(failed())));
    SpanFilter failedB =
        new SpanFilter.And(List.of(equal(SpanField.NAME, "b"), equal(SpanField.STATUS, "error")));
    assertThat(found(failedB)).containsExactly(2L);
    assertThat(found(new SpanFilter.Or(List.of(failedB, equal(SpanField.NAME, "a")))))
        .containsExactly(2L, 1L);
    assertThat(found(new SpanFilter.Or(List.of()))).isEmpty();
  }

  @Test
  void filter_negatedTakesSpansThatLackTheFieldOnlyWithNotOrIsRefused() {
    if (!store.capabilities().negation()) {
      assertThatThrownBy(() -> found(new SpanFilter.Not(equal(SpanField.NAME, "a"))))
          .isInstanceOf(UnsupportedPlanException.class);
      return;
    }
    apply(
        of(
            "shop",
            span(1, 1, "x", T0).addAttributes(attribute("k", "a")),
            span(2, 1, "x", T0 + 1).addAttributes(attribute("k", "b")),
            span(3, 1, "x", T0 + 2)));
    assertThat(found(compare(spanField("k"), Op.NOT_EQUAL, AttributeValue.of("a"))))
        .containsExactly(2L);
    assertThat(found(new SpanFilter.Not(equal(spanField("k"), "a")))).containsExactly(3L, 2L);
    assertThat(found(new SpanFilter.Not(SpanFilter.ALL))).isEmpty();
    assertThat(found(new SpanFilter.Not(new SpanFilter.Or(List.of())))).containsExactly(3L, 2L, 1L);
  }

  @Test
  void filter_onAnUnknownIntrinsicIsRefused() {
    SpanField unknown = new SpanField(SpanField.Place.INTRINSIC, "colour");
    assertThatThrownBy(() -> found(equal(unknown, "red")))
        .isInstanceOf(UnsupportedPlanException.class)
        .hasMessageContaining("colour");
  }
}
