package dev.sextant.traceql.parse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sextant.trace.model.SpanCondition;
import dev.sextant.trace.model.SpanField;
import dev.sextant.trace.model.SpanValue;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LenientFilterTest {
  private static final SpanCondition A = equal(SpanField.span("a"), SpanValue.of("1"));
  private static final SpanCondition B = equal(SpanField.resource("b"), SpanValue.of(2));

  private static SpanCondition equal(SpanField field, SpanValue value) {
    return compare(field, SpanCondition.Op.EQUAL, value);
  }

  private static SpanCondition compare(SpanField field, SpanCondition.Op op, SpanValue value) {
    return new SpanCondition.Compare(field, op, value);
  }

  private static SpanCondition and(SpanCondition... parts) {
    return new SpanCondition.And(List.of(parts));
  }

  private static SpanCondition or(SpanCondition... parts) {
    return new SpanCondition.Or(List.of(parts));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{ span.a = \"1\" }",
        "{ span.a = \"1\" && }",
        "{ span.a = \"1\" && ",
        "{ span.a = \"1\" && resource.b = }",
        "{ span.a = \"1\" && resource.b =",
        "{ span.a = \"1\" && resource.b",
        "{ span.a = \"1\" && resource.",
        "{ span.a = \"1\" && resource.b = \"unfinis",
        "{ span.a = \"1\" && .\"half a na",
        "{ span.a = \"1\" && dura",
        "{ span.a = \"1\" && dura = 5 }",
        "{ span.a = \"1\" && .c = foo }",
        "{ span.a = \"1\" && name",
        "{ span.a = \"1\" && name && status = }",
        "{ span.a = \"1\" && trace:ro",
        "{ span.a = \"1\" && trace:",
        "{ span.a = \"1\" && !",
        "{ span.a = \"1\" && (.b = 1 || .c = ",
        "{ (span.a = \"1\" && name =~ ) && resource.c > }",
        "{ span.a = \"1\" && !(.b = ",
        "{ span.a = \"1\" && !(.b = 1 && .c) && !!",
        "{ name = && span.a = \"1\" }",
        "{ .x = 1 + .y && span.a = \"1\" }",
        "{ span.a = \"1\" && !(.b = 2) }",
        "{ span.a = \"1\" && .b = nil }",
        "{ span.a = \"1\" && .b = } | rate() by (name)",
        "{ span.a = \"1\" && .b = } | select(.c)",
        "({ span.a = \"1\" } | count() > 1)",
      })
  void unfinishedParts_areTakenForTrue(String text) {
    assertThat(LenientFilter.of(text)).isEqualTo(A);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "{ }",
        "{ true }",
        "{ resource.a = }",
        "{ .a }",
        "{ .a || .b = 1 }",
        "{ span.a = \"1\" || resource.b = }",
        "{ span.a = \"1\" || ",
        "{ span.a = \"1\" } && { .b = 2 }",
        "{ span.a = \"1\" } >> { .b = }",
        "{ name = 3 && span.a = \"1\" }",
        "{ span.a = \"1\" } } ",
        "wharblgarbl",
        "{ span.a = \"1\" } | rate() by (",
        "span.a = \"1\"",
        "{ .a = server }",
        "{ parent.a = 1 }",
        "({} | rate()) / ({} | rate())",
        "{ span.a =~ \"[\" }",
        "%%%",
      })
  void whatCannotNarrow_isAll(String text) {
    assertThat(LenientFilter.of(text)).isEqualTo(SpanCondition.ALL);
  }

  @Test
  void joins_areKept() {
    assertThat(LenientFilter.of("{ span.a = \"1\" && resource.b = 2 && .c = }"))
        .isEqualTo(and(A, B));
    assertThat(LenientFilter.of("{ span.a = \"1\" || resource.b = 2 }")).isEqualTo(or(A, B));
    assertThat(LenientFilter.of("{ (span.a = \"1\" || resource.b = 2) && 3 < event.c && "))
        .isEqualTo(
            and(
                or(A, B),
                compare(
                    new SpanField.Attribute(SpanField.Scope.EVENT, "c"),
                    SpanCondition.Op.GREATER,
                    SpanValue.of(3))));
  }

  @Test
  void operatorsAndValues_keepTheirSense() {
    assertThat(LenientFilter.of("{ name =~ \"a.*\" }"))
        .isEqualTo(
            compare(SpanField.Intrinsic.NAME, SpanCondition.Op.MATCHES, SpanValue.of("a.*")));
    assertThat(LenientFilter.of("{ name !~ \"a.*\" }"))
        .isEqualTo(
            compare(SpanField.Intrinsic.NAME, SpanCondition.Op.NOT_MATCHES, SpanValue.of("a.*")));
    assertThat(LenientFilter.of("{ duration >= 1.5s }"))
        .isEqualTo(
            compare(
                SpanField.Intrinsic.DURATION,
                SpanCondition.Op.GREATER_OR_EQUAL,
                SpanValue.of(1_500_000_000L)));
    assertThat(LenientFilter.of("{ 5 <= span:childCount }"))
        .isEqualTo(
            compare(
                SpanField.Intrinsic.CHILD_COUNT,
                SpanCondition.Op.GREATER_OR_EQUAL,
                SpanValue.of(5)));
    assertThat(LenientFilter.of("{ status = error && kind != server }"))
        .isEqualTo(
            and(
                equal(SpanField.Intrinsic.STATUS, SpanValue.of(2)),
                compare(SpanField.Intrinsic.KIND, SpanCondition.Op.NOT_EQUAL, SpanValue.of(2))));
    assertThat(LenientFilter.of("{ span.a != nil }"))
        .isEqualTo(new SpanCondition.Present(SpanField.span("a")));
    assertThat(LenientFilter.of("{ span.a = 1.5 }"))
        .isEqualTo(equal(SpanField.span("a"), SpanValue.of(1.5)));
    assertThat(LenientFilter.of("{ false && span.a = 1 }"))
        .isEqualTo(and(or(), equal(SpanField.span("a"), SpanValue.of(1))));
  }

  @Test
  void attributeWithoutScope_countsInEveryScope() {
    assertThat(LenientFilter.of("{ .a = true }"))
        .isEqualTo(
            or(
                equal(SpanField.span("a"), SpanValue.of(true)),
                equal(SpanField.resource("a"), SpanValue.of(true)),
                equal(new SpanField.Attribute(SpanField.Scope.EVENT, "a"), SpanValue.of(true)),
                equal(new SpanField.Attribute(SpanField.Scope.LINK, "a"), SpanValue.of(true)),
                equal(
                    new SpanField.Attribute(SpanField.Scope.INSTRUMENTATION, "a"),
                    SpanValue.of(true))));
  }

  @Test
  void traceId_isComparedWithAllItsDigits() {
    assertThat(LenientFilter.of("{ trace:id = \"00ab\" }"))
        .isEqualTo(
            equal(SpanField.Intrinsic.TRACE_ID, SpanValue.of("000000000000000000000000000000ab")));
  }

  @Test
  void traceId_thatIsOrderedOrMatched_doesNotNarrow() {
    // Queries see it without the zeros in front that it is stored with.
    for (String op : List.of("=~", "!~", "<", ">=")) {
      assertThat(LenientFilter.of("{ trace:id " + op + " \"ab\" }")).isEqualTo(SpanCondition.ALL);
    }
  }

  @Test
  void statusMessage_narrowsWhereAnEmptyOneDoesNotFit() {
    assertThat(LenientFilter.of("{ statusMessage = \"x\" }"))
        .isEqualTo(equal(SpanField.Intrinsic.STATUS_MESSAGE, SpanValue.of("x")));
    for (String text :
        List.of(
            "{ statusMessage != \"x\" }",
            "{ statusMessage = \"\" }",
            "{ statusMessage =~ \".*\" }",
            "{ statusMessage != nil }")) {
      assertThat(LenientFilter.of(text)).as(text).isEqualTo(SpanCondition.ALL);
    }
  }

  @Test
  void textBeyondTheBound_isNotLookedAt() {
    assertThat(LenientFilter.of("{ span.a = \"1\" }", TextLimits.DEFAULT.withMaxBytes(15)))
        .isEqualTo(SpanCondition.ALL);
    assertThat(LenientFilter.of("{ span.a = \"1\" }", TextLimits.DEFAULT.withMaxBytes(16)))
        .isEqualTo(A);
  }

  @Test
  void endlessBrackets_areGivenUp() {
    assertThat(LenientFilter.of("{".repeat(100_000))).isEqualTo(SpanCondition.ALL);
    assertThat(LenientFilter.of("{ .a = (".repeat(10_000))).isEqualTo(SpanCondition.ALL);
  }
}
