package dev.sextant.traceql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.sextant.trace.model.MemorySpanSource;
import dev.sextant.trace.model.PlainSpan;
import dev.sextant.trace.model.SpanSource;
import dev.sextant.trace.model.SpanValue;
import dev.sextant.traceql.ast.Static;
import dev.sextant.traceql.parse.TraceQlParser;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Series, rule by rule: buckets, functions, labels, stages, arithmetic, exemplars, bounds. */
class MetricsTest {
  private static final long SECOND = Shop.SECOND;
  private static final long NOW = 1_000 * SECOND;

  private final TraceQlEngine engine = new TraceQlEngine(QueryLimits.DEFAULT);

  private static RangeRequest range(String query, long start, long end, long step) {
    return new RangeRequest(TraceQlParser.parse(query), start, end, step, NOW, 100, 0);
  }

  private MetricsAnswer range(SpanSource source, String query, long from, long to, long step) {
    return engine.queryRange(
        source, range(query, from * SECOND, to * SECOND, step * SECOND), Cancellation.NONE);
  }

  /** A line for each series: labels, then samples, a dash for none. */
  private static String text(MetricsAnswer answer) {
    return answer.series().stream()
        .map(
            series ->
                series.labels().stream()
                        .map(label -> label.name() + "=" + label.value().text())
                        .collect(Collectors.joining(","))
                    + ": "
                    + Arrays.stream(series.values())
                        .mapToObj(MetricsTest::number)
                        .collect(Collectors.joining(" ")))
        .collect(Collectors.joining("; "));
  }

  private static String number(double value) {
    return Double.isNaN(value)
        ? "-"
        : value == Math.rint(value) ? String.valueOf((long) value) : String.valueOf(value);
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = "=>",
      quoteCharacter = '\0',
      textBlock =
          """
          {} | count_over_time()                                  => __name__=count_over_time: 1 5 4 3
          {} | rate()                                             => __name__=rate: 0.1 0.5 0.4 0.3
          { false } | rate()                                      => __name__=rate: 0 0 0 0
          { false } | rate() by (name)                            =>
          {} | count_over_time() by (resource.service.name)       => resource.service.name=cart: 0 2 1 0; resource.service.name=db: 0 1 1 3; resource.service.name=shop: 1 2 2 0
          {} | count_over_time() by (span.zone)                   => span.zone=nil: 1 4 4 3; span.zone=us: 0 1 0 0
          {} | count_over_time() by (.zone)                       => .zone=eu: 0 1 0 0; .zone=nil: 1 3 4 3; .zone=us: 0 1 0 0
          {} | count_over_time() by (.zone, status)               => status=unset: 1 3 4 3; .zone=eu,status=error: 0 1 0 0; .zone=us,status=unset: 0 1 0 0
          { kind = server } | count_over_time() by (span:name)    => name=GET /: 1 0 0 0; name=cart: 0 1 0 0; name=job: 0 1 0 0
          {} | max_over_time(duration) by (kind)                  => kind=client: - 0.05 - -; kind=internal: - 0.02 0.01 0.01; kind=server: 0.1 1 - -
          {} | min_over_time(span.code)                           => __name__=min_over_time: - 200 - -
          {} | avg_over_time(.code)                               => __name__=avg_over_time: - 350 - -
          {} | sum_over_time(.ratio)                              => __name__=sum_over_time: - 0.5 - -
          {} | sum_over_time(traceDuration)                       => __name__=sum_over_time: 100000000 1400000000 3013000000 39000000
          {} | max_over_time(.none)                               =>
          { name = "leaf" } | histogram_over_time(duration)       => __bucket=0.004194304: 0 0 0 1; __bucket=0.008388608: 0 0 0 1
          { .code != nil } | histogram_over_time(.code) by (kind) => kind=internal,__bucket=256.0: 0 1 0 0; kind=server,__bucket=512.0: 0 1 0 0
          {} | histogram_over_time(.ratio)                        =>
          { name="leaf" } | quantile_over_time(duration, 0, 1)    => p=0.0: 0 0 0 0.004194304; p=1.0: 0 0 0 0.008388608
          {kind=server}>>{} | count_over_time()                   => __name__=count_over_time: 0 4 1 0
          {} | by(name) | count() > 1 | count_over_time()         => __name__=count_over_time: 0 2 1 3
          { nestedSetParent < 0 } | count_over_time()             => __name__=count_over_time: 1 1 1 1
          { rootName = "job" } | count_over_time() by (rootName)  => rootName=job: 0 1 3 0
          {} | count_over_time() by (kind) | topk(1)              => kind=internal: - 2 4 3; kind=server: 1 - - -
          {} | count_over_time() by (kind) | bottomk(1)           => kind=client: 0 1 0 0
          {} | count_over_time() by (kind) | topk(3)              => kind=client: 0 1 0 0; kind=internal: 0 2 4 3; kind=server: 1 2 0 0
          {} | count_over_time() by (kind) > 2                    => kind=internal: - - 4 3
          {} | max_over_time(duration) by (kind) >= 50ms          => kind=client: - 0.05 - -; kind=server: 0.1 1 - -
          ({} | rate()) * 10                                      => : 1 5 4 3
          ({} | count_over_time()) - ({kind=server} | count_over_time()) => __name__=(count_over_time - count_over_time): 0 3 4 3
          ({kind=server} | rate() by (name)) / ({} | rate())      => name=GET /: 1 0 0 0; name=cart: 0 0.2 0 0; name=job: 0 0.2 0 0
          ({} | rate() by (kind)) / ({kind=client} | rate() by (kind)) => kind=client: - 1 - -
          (1 / ({} | rate())) > 5                                 => : 10 - - -
          """)
  void series(String query, String series) {
    MetricsAnswer answer = range(Shop.source(), query, 10, 40, 10);
    assertThat(answer.timesNanos())
        .containsExactly(10 * SECOND, 20 * SECOND, 30 * SECOND, 40 * SECOND);
    assertThat(text(answer)).isEqualTo(series == null ? "" : series);
  }

  /** Spans that start at these nanoseconds. */
  private static SpanSource at(long... starts) {
    List<PlainSpan> spans = new ArrayList<>();
    for (int i = 0; i < starts.length; i++) {
      spans.add(
          PlainSpan.builder(i + 1, 1)
              .service("s" + i)
              .time(starts[i], 1)
              .attribute("n", SpanValue.of((long) i))
              .build());
    }
    return new MemorySpanSource(spans);
  }

  @Test
  void buckets_areClosedOnTheRightAndOneStandsInFront() {
    SpanSource source =
        at(
            10 * SECOND,
            10 * SECOND + 1,
            20 * SECOND,
            20 * SECOND + 1,
            40 * SECOND,
            40 * SECOND + 1);
    MetricsAnswer answer =
        engine.queryRange(
            source,
            range("{} | count_over_time()", 25 * SECOND, 31 * SECOND, 10 * SECOND),
            Cancellation.NONE);
    assertThat(answer.timesNanos()).containsExactly(20 * SECOND, 30 * SECOND, 40 * SECOND);
    assertThat(text(answer)).isEqualTo("__name__=count_over_time: 2 1 1");
  }

  @Test
  void end_isCutBackToWhatHasSettled() {
    SpanSource source = at(900 * SECOND, 965 * SECOND, 975 * SECOND, 999 * SECOND);
    MetricsAnswer answer =
        engine.queryRange(
            source,
            range("{} | count_over_time()", 900 * SECOND, NOW, 20 * SECOND),
            Cancellation.NONE);
    // Half a minute before now is second 970, and the step before that 960.
    assertThat(answer.timesNanos()).endsWith(960 * SECOND).hasSize(4);
    assertThat(text(answer)).isEqualTo("__name__=count_over_time: 1 0 0 0");
    assertThat(
            engine
                .queryRange(
                    source, range("{} | rate()", NOW - SECOND, NOW, SECOND), Cancellation.NONE)
                .timesNanos())
        .isEmpty();
  }

  @Test
  void instant_isOneBucketOpenOnTheLeft() {
    SpanSource source = at(10 * SECOND, 10 * SECOND + 1, 12 * SECOND, 12 * SECOND + 1);
    InstantRequest request =
        new InstantRequest(TraceQlParser.parse("{} | rate()"), 10 * SECOND, 12 * SECOND, NOW, 0);
    MetricsAnswer answer = engine.queryInstant(source, request, Cancellation.NONE);
    assertThat(answer.timesNanos()).containsExactly(12 * SECOND);
    assertThat(text(answer)).isEqualTo("__name__=rate: 1");
    assertThat(answer.series().getFirst().exemplars()).isEmpty();
  }

  @Test
  void instant_endIsCutBackByWholeSeconds() {
    InstantRequest request =
        new InstantRequest(
            TraceQlParser.parse("{} | count_over_time()"), 900 * SECOND, NOW - SECOND / 2, NOW, 0);
    MetricsAnswer answer =
        engine.queryInstant(
            at(969 * SECOND + SECOND / 2, 970 * SECOND), request, Cancellation.NONE);
    assertThat(answer.timesNanos()).containsExactly(969 * SECOND + SECOND / 2);
    assertThat(text(answer)).isEqualTo("__name__=count_over_time: 1");
  }

  @ParameterizedTest
  @CsvSource({
    "3600, 15",
    "21600, 60",
    "1800, 5",
    "86400, 300",
    "10, 0.05",
    "59, 0.2",
    "60, 1",
    "604800, 2400",
    "31536000, 129600"
  })
  void defaultStep_isAboutA240thOfTheRange(long seconds, double step) {
    long nanos = TraceQlEngine.defaultStepNanos(0, seconds * SECOND);
    assertThat(nanos / 1e9).isCloseTo(step, within(1e-9));
  }

  @Test
  void quantile_isInterpolatedOnAScaleOfPowers() {
    List<PlainSpan> spans = new ArrayList<>();
    long[] durations = {3, 3, 5, 7, 100};
    for (int i = 0; i < durations.length; i++) {
      spans.add(PlainSpan.builder(i + 1, 1).time(5 * SECOND, durations[i] * SECOND).build());
    }
    MetricsAnswer answer =
        range(
            new MemorySpanSource(spans),
            "{} | quantile_over_time(duration, 0.5, 0.6, 0.9)",
            10,
            20,
            10);
    double top = Math.scalb(1.0, 32) / 1e9;
    double[] wanted = {
      // Two spans in the power up to 2^32 ns, two in the next, one in that up to 2^37.
      top * Math.pow(2, 0.5), top * Math.pow(2, 0.5), Math.scalb(1.0, 37) / 1e9
    };
    for (int i = 0; i < wanted.length; i++) {
      assertThat(answer.series().get(i).values()[0]).isCloseTo(wanted[i], within(1e-9));
      assertThat(answer.series().get(i).values()[1]).isZero();
    }
  }

  @Test
  void compare_countsValuesOfTheSelectedAndTheOthers() {
    MetricsAnswer answer =
        range(
            Shop.source(),
            "{ resource.service.name = \"shop\" } | compare({ kind = internal }, 2)",
            20,
            30,
            10);
    assertThat(text(answer))
        .contains("__meta_type=baseline,kind=client: 1 0")
        .contains("__meta_type=selection,kind=internal: 1 2")
        .contains("__meta_type=selection_total,kind=nil: 1 2")
        .contains("__meta_type=baseline_total,name=nil: 1 0")
        .contains("__meta_type=selection,span.code=500: 1 0")
        .contains("__meta_type=selection,rootName=job: 0 2")
        .contains("__meta_error=__too_many_values__,name=nil: - -")
        .contains("__meta_type=selection,name=late: 0 1")
        .contains("__meta_type=selection,name=later: 0 1")
        .doesNotContain("name=pay")
        .doesNotContain("duration");
  }

  @Test
  void compare_selectsWithinATime() {
    String window = 20_005 * Shop.MILLI + ", " + 20_021 * Shop.MILLI;
    MetricsAnswer answer =
        range(Shop.source(), "{} | compare({ true }, 10, " + window + ")", 20, 30, 10);
    assertThat(text(answer))
        .contains("__meta_type=selection,name=step: 0 1")
        .contains("__meta_type=selection,name=late: 0 1")
        .contains("__meta_type=baseline,name=later: 0 1")
        .contains("__meta_type=baseline,name=job: 1 0");
  }

  @Test
  void exemplars_standAtSpansAndTellWhatTheQueryNames() {
    MetricsAnswer answer = range(Shop.source(), "{ kind = client } | rate() by (name)", 10, 40, 10);
    assertThat(answer.series().getFirst().exemplars())
        .containsExactly(
            new MetricsAnswer.Exemplar(
                List.of(
                    new NamedValue("trace:id", new Value.Text("1")),
                    new NamedValue("kind", new Value.Kind(Static.Kind.CLIENT)),
                    new NamedValue("name", new Value.Text("cart"))),
                0.1,
                10_010 * Shop.MILLI));
    MetricsAnswer measured =
        range(Shop.source(), "{ kind = client } | max_over_time(duration)", 10, 40, 10);
    assertThat(measured.series().getFirst().exemplars().getFirst().value()).isEqualTo(0.05);
  }

  @Test
  void exemplars_areAsManyAsAskedForAndTwoInASlot() {
    long[] starts = new long[1_000];
    for (int i = 0; i < starts.length; i++) {
      starts[i] = (i + 1) * SECOND / 20;
    }
    SpanSource source = at(starts);
    assertThat(exemplars(source, "{} | rate()", 100)).hasSize(50);
    assertThat(exemplars(source, "{} | rate() with(exemplars=10)", 100)).hasSizeLessThan(10);
    assertThat(exemplars(source, "{} | rate() with(exemplars=false)", 100)).isEmpty();
    assertThat(exemplars(source, "{} | rate() with(exemplars=true)", 0)).hasSize(50);
    assertThat(exemplars(source, "{} | rate()", 0)).isEmpty();
  }

  /** Over twice as long as there are spans. */
  private List<MetricsAnswer.Exemplar> exemplars(SpanSource source, String query, int asked) {
    RangeRequest request =
        new RangeRequest(
            TraceQlParser.parse(query), 10 * SECOND, 100 * SECOND, 10 * SECOND, NOW, asked, 0);
    return engine.queryRange(source, request, Cancellation.NONE).series().stream()
        .flatMap(series -> series.exemplars().stream())
        .toList();
  }

  @Test
  void series_beyondTheLimitAreMissingAndTheAnswerSaysSo() {
    SpanSource source = at(1, 2, 3, 4, 5);
    RangeRequest request =
        new RangeRequest(
            TraceQlParser.parse("{} | rate() by (resource.service.name)"),
            0,
            SECOND,
            SECOND,
            NOW,
            0,
            3);
    MetricsAnswer answer = engine.queryRange(source, request, Cancellation.NONE);
    assertThat(answer.series()).hasSize(3);
    assertThat(answer.incomplete())
        .isEqualTo(
            "there are more than 3 series; group by less, or raise traces.query.max-series or the"
                + " request's maxSeries");
  }

  @Test
  void limits_areNamedWithTheirSettings() {
    SpanSource source = at(1, 2, 3, 4, 5);
    assertLimit(QueryLimits.DEFAULT.withMaxSteps(9), source, "raise query.max-steps");
    assertLimit(QueryLimits.DEFAULT.withMaxSpans(4), source, "raise traces.query.max-spans");
    assertLimit(QueryLimits.DEFAULT.withMaxMemoryBytes(99), source, "raise query.max-memory");
  }

  private static void assertLimit(QueryLimits limits, SpanSource source, String setting) {
    assertThatThrownBy(
            () ->
                new TraceQlEngine(limits)
                    .queryRange(
                        source, range("{} | rate()", 0, 10 * SECOND, SECOND), Cancellation.NONE))
        .isInstanceOf(TraceQlException.LimitExceeded.class)
        .hasMessageContaining(setting);
  }

  @Test
  void badRequests_areRefused() {
    for (RangeRequest request :
        List.of(
            range("{}", 0, 9, 1), range("{} | rate()", 9, 9, 1), range("{} | rate()", 0, 9, -1))) {
      assertThatThrownBy(() -> engine.queryRange(at(1), request, Cancellation.NONE))
          .isInstanceOf(TraceQlException.BadData.class);
    }
  }
}
