package dev.sextant.traceql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sextant.trace.model.MemorySpanSource;
import dev.sextant.trace.model.PlainSpan;
import dev.sextant.trace.model.SpanValue;
import dev.sextant.traceql.parse.TraceQlParser;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Aggregates of numbers at the edges, which no order of spans may change. */
class AggregateRulesTest {
  private static Value of(String aggregate, SpanValue... numbers) {
    List<PlainSpan> spans = new ArrayList<>();
    for (int i = 0; i < numbers.length; i++) {
      spans.add(PlainSpan.builder(1, i + 1).time(i, 1).attribute("n", numbers[i]).build());
    }
    SearchAnswer answer =
        new TraceQlEngine(QueryLimits.DEFAULT)
            .search(
                new MemorySpanSource(spans),
                SearchRequest.of(TraceQlParser.parse("{} | " + aggregate), 0, 99, 1, 1),
                Cancellation.NONE);
    return answer.traces().isEmpty()
        ? Value.NIL
        : answer.traces().getFirst().spansets().getFirst().attributes().getFirst().value();
  }

  @Test
  void extremes_passOverNaNWhereverItStands() {
    SpanValue nan = SpanValue.of(Double.NaN);
    SpanValue one = SpanValue.of(1);
    SpanValue two = SpanValue.of(2.5);
    for (SpanValue[] order :
        new SpanValue[][] {
          {nan, one, two}, {one, nan, two}, {two, one, nan}, {nan, two, one, nan}
        }) {
      assertThat(of("min(.n) < 9", order)).isEqualTo(new Value.Int(1));
      assertThat(of("max(.n) < 9", order)).isEqualTo(new Value.Decimal(2.5));
    }
    assertThat(of("max(.n) != 9", nan)).isEqualTo(Value.NIL);
  }

  @Test
  void sums_thatNoLongHolds_areDecimal() {
    SpanValue most = SpanValue.of(Long.MAX_VALUE);
    assertThat(of("sum(.n) > 0", most, most)).isEqualTo(new Value.Decimal(0x1p64));
    assertThat(of("sum(.n) > 0", most, SpanValue.of(5), SpanValue.of(-9)))
        .isEqualTo(new Value.Int(Long.MAX_VALUE - 4));
    assertThat(of("avg(.n) > 0", most, most)).isEqualTo(new Value.Decimal(0x1p63));
    assertThat(of("sum(.n) < 0", SpanValue.of(Long.MIN_VALUE), SpanValue.of(-1)))
        .isEqualTo(new Value.Decimal(-0x1p63));
  }
}
