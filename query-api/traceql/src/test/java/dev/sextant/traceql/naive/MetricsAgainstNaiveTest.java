package dev.sextant.traceql.naive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sextant.trace.model.MemorySpanSource;
import dev.sextant.trace.model.PlainSpan;
import dev.sextant.trace.model.RandomSpans;
import dev.sextant.trace.model.SpanOracle;
import dev.sextant.trace.model.SpanSource;
import dev.sextant.traceql.Cancellation;
import dev.sextant.traceql.InstantRequest;
import dev.sextant.traceql.MetricsAnswer;
import dev.sextant.traceql.NamedValue;
import dev.sextant.traceql.QueryLimits;
import dev.sextant.traceql.RangeRequest;
import dev.sextant.traceql.TraceQlEngine;
import dev.sextant.traceql.TraceQlException;
import dev.sextant.traceql.ast.Query;
import dev.sextant.traceql.parse.CompileException;
import dev.sextant.traceql.parse.TraceQlParser;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Series are those that reading the language literally gives, on random traces and queries. */
class MetricsAgainstNaiveTest {
  private static final long SECOND = 1_000_000_000L;
  private static final long HOUR = 3_600 * SECOND;

  private final TraceQlEngine engine = new TraceQlEngine(QueryLimits.DEFAULT);
  private int compared;
  private int found;

  static LongStream seeds() {
    return LongStream.range(0, Boolean.getBoolean("sextant.long") ? 300 : 3);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void series_areThoseOfReadingLiterally(long seed) {
    List<PlainSpan> spans = new RandomSpans(seed, 0, HOUR, true).spans(40);
    SpanOracle oracle = new SpanOracle(spans);
    SpanSource source = new MemorySpanSource(spans);
    RandomTraceQl queries = new RandomTraceQl(seed);
    Random random = new Random(seed);
    for (int i = 0; i < 200; i++) {
      String text = queries.metrics();
      Query query;
      try {
        query = TraceQlParser.parse(text);
      } catch (CompileException e) {
        continue;
      }
      long start = random.nextLong(HOUR) - HOUR / 4;
      long end = start + 1 + random.nextLong(HOUR);
      if (i % 4 == 0) {
        instant(text, query, oracle, source, start, end);
      } else {
        range(text, query, oracle, source, start, end, 1 + random.nextLong(HOUR / 4));
      }
    }
    assertThat(compared).isGreaterThan(80);
    assertThat(found).isGreaterThan(80);
  }

  private void range(
      String text,
      Query query,
      SpanOracle oracle,
      SpanSource source,
      long start,
      long end,
      long anyStep) {
    long step = Math.max(anyStep, (end - start) / 50);
    long first = Math.floorDiv(start, step) * step;
    long last = -Math.floorDiv(-end, step) * step;
    long[] times =
        LongStream.rangeClosed(0, (last - first) / step).map(i -> first + i * step).toArray();
    Map<List<NamedValue>, double[]> wanted = naive(query, oracle, times, step);
    RangeRequest request = new RangeRequest(query, start, end, step, 9 * HOUR, 20, 0);
    MetricsAnswer answer;
    try {
      answer = engine.queryRange(source, request, Cancellation.NONE);
    } catch (TraceQlException e) {
      throw new AssertionError(text, e);
    }
    assertThat(answer.timesNanos()).isEqualTo(times);
    assertSame(text, answer, wanted);
    checkExemplars(text, answer, oracle, step);
  }

  private void instant(
      String text, Query query, SpanOracle oracle, SpanSource source, long start, long end) {
    Map<List<NamedValue>, double[]> wanted = naive(query, oracle, new long[] {end}, end - start);
    InstantRequest request = new InstantRequest(query, start, end, 9 * HOUR, 0);
    MetricsAnswer answer = engine.queryInstant(source, request, Cancellation.NONE);
    assertThat(answer.timesNanos()).containsExactly(end);
    assertSame(text, answer, wanted);
  }

  private static Map<List<NamedValue>, double[]> naive(
      Query query, SpanOracle oracle, long[] times, long step) {
    return new NaiveMetrics(oracle, times, step).run(((Query.Body.Metrics) query.body()).expr());
  }

  private void assertSame(
      String text, MetricsAnswer answer, Map<List<NamedValue>, double[]> wanted) {
    compared++;
    found += wanted.isEmpty() ? 0 : 1;
    assertThat(answer.incomplete()).isNull();
    assertThat(answer.series().stream().map(MetricsAnswer.Series::labels))
        .as(text)
        .containsExactlyInAnyOrderElementsOf(wanted.keySet())
        .isSortedAccordingTo(NaiveMetrics::orderOfLabels);
    for (MetricsAnswer.Series series : answer.series()) {
      double[] values = wanted.get(series.labels());
      for (int i = 0; i < values.length; i++) {
        if (Double.isNaN(values[i])) {
          assertThat(series.values()[i]).as("%s %s", text, series.labels()).isNaN();
        } else {
          assertThat(series.values()[i])
              .as("%s %s at %d", text, series.labels(), i)
              .isCloseTo(values[i], within(Math.abs(values[i]) * 1e-9));
        }
      }
    }
  }

  /** Exemplars are spans of the range, of a trace one, at most as many as were asked for. */
  private static void checkExemplars(
      String text, MetricsAnswer answer, SpanOracle oracle, long step) {
    Set<String> known = new HashSet<>();
    for (List<Integer> trace : oracle.traces()) {
      for (int span : trace) {
        PlainSpan plain = oracle.span(span);
        known.add(traceId(plain.traceHigh(), plain.traceLow()) + " " + plain.startNanos());
      }
    }
    Set<String> traces = new HashSet<>();
    for (MetricsAnswer.Series series : answer.series()) {
      for (MetricsAnswer.Exemplar exemplar : series.exemplars()) {
        String trace = exemplar.labels().getFirst().value().text();
        assertThat(exemplar.labels().getFirst().name()).isEqualTo("trace:id");
        assertThat(known).as(text).contains(trace + " " + exemplar.timeNanos());
        assertThat(traces.add(trace)).as("%s: one of a trace", text).isTrue();
        long first = answer.timesNanos()[0] - step;
        int bucket = (int) ((exemplar.timeNanos() - first - 1) / step);
        assertThat(series.values()[bucket]).isNotNaN();
      }
    }
    assertThat(traces.size()).isLessThanOrEqualTo(20);
  }

  private static String traceId(long high, long low) {
    return (high == 0
            ? ""
            : Long.toHexString(high) + "0".repeat(Long.numberOfLeadingZeros(low) / 4))
        + Long.toHexString(low);
  }
}
