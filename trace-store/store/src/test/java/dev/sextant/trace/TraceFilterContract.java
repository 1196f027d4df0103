package dev.sextant.trace;

import static dev.sextant.trace.SpanPayload.attribute;
import static dev.sextant.trace.SpanPayload.failed;
import static dev.sextant.trace.SpanPayload.of;
import static dev.sextant.trace.SpanPayload.span;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sextant.trace.model.SpanCondition;
import dev.sextant.trace.model.SpanCondition.Op;
import dev.sextant.trace.model.SpanField;
import dev.sextant.trace.model.SpanField.Intrinsic;
import dev.sextant.trace.model.SpanValue;
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
    assertThat(found(equal(Intrinsic.NAME, "GET /"))).containsExactly(1L);
  }

  @Test
  void filter_kind() {
    apply(
        of(
            "shop",
            span(1, 1, "a", T0),
            span(2, 1, "a", T0 + 1).setKind(SpanKind.SPAN_KIND_CLIENT),
            span(3, 1, "a", T0 + 2).setKind(SpanKind.SPAN_KIND_UNSPECIFIED)));
    assertThat(found(equal(Intrinsic.KIND, 2))).containsExactly(1L);
    assertThat(found(equal(Intrinsic.KIND, 3))).containsExactly(2L);
    assertThat(found(equal(Intrinsic.KIND, 0))).containsExactly(3L);
  }

  @Test
  void filter_status() {
    apply(of("shop", span(1, 1, "a", T0), span(2, 1, "a", T0 + 1).setStatus(failed())));
    assertThat(found(equal(Intrinsic.STATUS, 2))).containsExactly(2L);
    assertThat(found(equal(Intrinsic.STATUS, 0))).containsExactly(1L);
    assertThat(found(equal(Intrinsic.STATUS, 1))).isEmpty();
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
    assertThat(found(compare(Intrinsic.DURATION, Op.LESS_OR_EQUAL, SpanValue.of(1_000.5))))
        .containsExactly(3L, 1L);
  }

  private static SpanCondition duration(Op op, long nanos) {
    return compare(Intrinsic.DURATION, op, SpanValue.of(nanos));
  }

  @Test
  void filter_timeRangeTakesSpansThatStartInside() {
    for (int i = 1; i <= 4; i++) {
      apply(of("shop", span(i, 1, "a", T0 + i)));
    }
    assertThat(found(T0 + 2, T0 + 3, SpanCondition.ALL)).containsExactly(3L, 2L);
    assertThat(found(T0 + 2, T0 + 2, SpanCondition.ALL)).containsExactly(2L);
    assertThat(found(T0 + 5, T0 + 9, SpanCondition.ALL)).isEmpty();
  }

  @Test
  void filter_attributeOfSpanOrOfResource() {
    apply(
        of(
            List.of(attribute("service.name", "shop"), attribute("zone", "a")),
            span(1, 1, "x", T0),
            span(2, 1, "x", T0 + 1).addAttributes(attribute("zone", "b")),
            span(3, 1, "x", T0 + 2).addAttributes(attribute("user", "a"))));
    assertThat(found(equal(SpanField.span("zone"), "b"))).containsExactly(2L);
    assertThat(found(equal(SpanField.span("zone"), "a"))).isEmpty();
    assertThat(found(equal(SpanField.resource("zone"), "a"))).containsExactly(3L, 2L, 1L);
    assertThat(found(equal(SpanField.resource("user"), "a"))).isEmpty();
  }

  @Test
  void filter_aKeySentTwiceIsComparedByItsFirstValue() {
    apply(
        of(
            "shop",
            span(1, 1, "x", T0)
                .addAttributes(attribute("k", "a"))
                .addAttributes(attribute("k", "b"))));
    assertThat(found(equal(SpanField.span("k"), "a"))).containsExactly(1L);
    assertThat(found(equal(SpanField.span("k"), "b"))).isEmpty();
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
    assertThat(found(number(Op.EQUAL, SpanValue.of(200L)))).containsExactly(3L, 2L);
    assertThat(found(number(Op.EQUAL, SpanValue.of(200.0)))).containsExactly(3L, 2L);
    assertThat(found(number(Op.GREATER, SpanValue.of(200L)))).containsExactly(5L, 4L);
    assertThat(found(number(Op.GREATER, SpanValue.of(1L << 53)))).containsExactly(5L);
    assertThat(found(number(Op.EQUAL, SpanValue.of((double) (1L << 53))))).isEmpty();
    assertThat(found(number(Op.LESS, SpanValue.of(0.0)))).containsExactly(1L);
    assertThat(found(number(Op.LESS_OR_EQUAL, SpanValue.of(200L)))).containsExactly(3L, 2L, 1L);
  }

  private static SpanCondition number(Op op, SpanValue value) {
    return compare(SpanField.span("n"), op, value);
  }

  @Test
  void filter_textComparesByItsBytesAndTypesStayApart() {
    apply(
        of(
            "shop",
            span(1, 1, "x", T0).addAttributes(attribute("v", "200")),
            span(2, 1, "x", T0 + 1).addAttributes(attribute("v", 200)),
            span(3, 1, "x", T0 + 2).addAttributes(attribute("v", true)),
            span(4, 1, "x", T0 + 3).addAttributes(attribute("v", "true")),
            span(5, 1, "x", T0 + 4).addAttributes(attribute("v", "1000")),
            span(6, 1, "x", T0 + 5)));
    assertThat(found(equal(SpanField.span("v"), "200"))).containsExactly(1L);
    assertThat(found(compare(SpanField.span("v"), Op.EQUAL, SpanValue.of(200L))))
        .containsExactly(2L);
    assertThat(found(compare(SpanField.span("v"), Op.EQUAL, SpanValue.of(true))))
        .containsExactly(3L);
    assertThat(found(compare(SpanField.span("v"), Op.LESS, SpanValue.of("200"))))
        .containsExactly(5L);
    assertThat(found(compare(SpanField.span("v"), Op.GREATER, SpanValue.of("200"))))
        .containsExactly(4L);
    assertThat(found(compare(SpanField.span("v"), Op.GREATER_OR_EQUAL, SpanValue.of("200"))))
        .containsExactly(4L, 1L);
  }

  @Test
  void filter_allPartsHoldOnOneSpan() {
    apply(
        of("shop", span(1, 1, "a", T0).setStatus(failed()), span(1, 2, "b", T0 + 1)),
        of("shop", span(2, 1, "b", T0 + 2).setStatus(failed())));
    SpanCondition failedB =
        new SpanCondition.And(List.of(equal(Intrinsic.NAME, "b"), equal(Intrinsic.STATUS, 2)));
    assertThat(found(failedB)).containsExactly(2L);
    assertThat(found(new SpanCondition.Or(List.of(failedB, equal(Intrinsic.NAME, "a")))))
        .containsExactly(2L, 1L);
    assertThat(found(new SpanCondition.Or(List.of()))).isEmpty();
  }

  @Test
  void filter_differentTakesSpansThatHaveTheFieldOnly() {
    apply(
        of(
            "shop",
            span(1, 1, "x", T0).addAttributes(attribute("k", "a")),
            span(2, 1, "x", T0 + 1).addAttributes(attribute("k", "b")),
            span(3, 1, "x", T0 + 2)));
    assertThat(found(compare(SpanField.span("k"), Op.NOT_EQUAL, SpanValue.of("a"))))
        .containsExactly(2L);
    assertThat(found(compare(SpanField.span("k"), Op.NOT_MATCHES, SpanValue.of("[b-z]"))))
        .containsExactly(1L);
    assertThat(found(new SpanCondition.Present(SpanField.span("k")))).containsExactly(2L, 1L);
  }
}
