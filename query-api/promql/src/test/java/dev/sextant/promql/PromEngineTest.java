package dev.sextant.promql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.sextant.metrics.model.InMemorySeries;
import dev.sextant.metrics.model.InMemorySeriesBuilder;
import dev.sextant.metrics.model.Labels;
import dev.sextant.metrics.model.NativeHistogram;
import dev.sextant.metrics.model.SeriesSource;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PromEngineTest {
  private static final QueryLimits LIMITS =
      new QueryLimits(1000, 1 << 20, Duration.ofSeconds(1), 500, 100);

  private final AtomicLong nanos = new AtomicLong();
  private final PromEngine engine = new PromEngine(LIMITS, PromOptions.DEFAULT, nanos::get);

  private static InMemorySeries series(int count, int samples) {
    InMemorySeriesBuilder builder = InMemorySeries.builder();
    for (int s = 0; s < count; s++) {
      Labels labels = Labels.of(Labels.NAME, "m", "i", Integer.toString(s));
      for (int i = 0; i < samples; i++) {
        builder.add(labels, i * 1000L, i);
      }
    }
    return builder.build();
  }

  @Test
  void query_scalarAndText_areResultsOfTheirOwnKind() {
    InMemorySeries none = series(0, 0);
    assertThat(engine.query(none, "1 + 1", 5000).value())
        .isEqualTo(new QueryResult.Scalar(5000, 2));
    assertThat(engine.query(none, "'x'", 5000).value()).isEqualTo(new QueryResult.Text(5000, "x"));
  }

  @Test
  void queryRange_scalar_isOneSeriesWithoutLabels() {
    PromAnswer answer = engine.queryRange(series(0, 0), "time()", 1000, 3500, 1000);
    QueryResult.Matrix matrix = (QueryResult.Matrix) answer.value();
    assertThat(matrix.series()).hasSize(1);
    assertThat(matrix.series().getFirst().labels()).isEqualTo(Labels.EMPTY);
    assertThat(matrix.series().getFirst().floatTimes()).containsExactly(1000, 2000, 3000);
    assertThat(matrix.series().getFirst().floats()).containsExactly(1, 2, 3);
  }

  @Test
  void queryRange_series_areSortedByLabels() {
    PromAnswer answer = engine.queryRange(series(3, 3), "m or -m", 0, 2000, 1000);
    assertThat(((QueryResult.Matrix) answer.value()).series())
        .extracting(QueryResult.Series::labels)
        .isSorted()
        .hasSize(3);
  }

  @Test
  void query_parseError_isBadDataWithItsPlace() {
    assertThatThrownBy(() -> engine.query(series(0, 0), "sum(", 0))
        .isInstanceOf(PromException.BadData.class)
        .hasMessage("1:5: parse error: unclosed left parenthesis");
  }

  @Test
  void queryRange_rangeVector_isBadData() {
    assertThatThrownBy(() -> engine.queryRange(series(0, 0), "m[5m]", 0, 1, 1))
        .isInstanceOf(PromException.BadData.class)
        .hasMessage(
            "invalid expression type \"range vector\" for range query, must be Scalar or instant Vector");
  }

  @Test
  void queryRange_wrongBounds_areBadData() {
    assertThatThrownBy(() -> engine.queryRange(series(0, 0), "1", 0, 1, 0))
        .isInstanceOf(PromException.BadData.class)
        .hasMessageStartingWith("zero or negative query resolution step widths are not accepted");
    assertThatThrownBy(() -> engine.queryRange(series(0, 0), "1", 2, 1, 1))
        .isInstanceOf(PromException.BadData.class)
        .hasMessage("end timestamp must not be before start time");
  }

  @Test
  void query_sameLabelsAfterNameIsGone_isAnExecutionError() {
    InMemorySeries two =
        InMemorySeries.builder()
            .add(Labels.of(Labels.NAME, "a"), 0, 1)
            .add(Labels.of(Labels.NAME, "b"), 0, 2)
            .build();
    assertThatThrownBy(() -> engine.query(two, "abs({__name__=~'a|b'})", 0))
        .isInstanceOf(PromException.Execution.class)
        .hasMessage("vector cannot contain metrics with the same labelset");
  }

  @Test
  void limits_namedInTheirErrors() {
    assertThatThrownBy(() -> engine.query(series(1, 2000), "sum_over_time(m[1h])", 2_000_000))
        .isInstanceOf(PromException.Execution.class)
        .hasMessageContaining("more than 1000")
        .hasMessageContaining("query.max-samples");
    assertThatThrownBy(() -> engine.queryRange(series(8, 70), "m", 0, 69_000, 1000))
        .isInstanceOf(PromException.Execution.class)
        .hasMessageContaining("500 points")
        .hasMessageContaining("query.max-result-points");
    assertThatThrownBy(() -> engine.queryRange(series(1, 1), "m", 0, 1_000_000, 1000))
        .isInstanceOf(PromException.BadData.class)
        .hasMessageContaining("1001 steps")
        .hasMessageContaining("query.max-steps");
    assertThatThrownBy(() -> engine.query(series(1, 1), "sum_over_time(m[1h:1s])", 0))
        .isInstanceOf(PromException.Execution.class)
        .hasMessageContaining("3600 steps")
        .hasMessageContaining("query.max-steps");
  }

  @ParameterizedTest
  @ValueSource(strings = {"sum_over_time", "stddev_over_time", "deriv"})
  void memory_holdsWhatWindowsSlideBy(String function) {
    PromEngine small = new PromEngine(QueryLimits.DEFAULT.withMaxMemoryBytes(16_000));
    InMemorySeries source = series(1, 500);
    assertThat(small.query(source, "last_over_time(m[1h])", 600_000).value()).isNotNull();
    assertThatThrownBy(() -> small.query(source, function + "(m[1h])", 600_000))
        .isInstanceOf(PromException.Execution.class)
        .hasMessageContaining("query.max-memory");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "m",
        "sum by (i) (m)",
        "topk(50, m)",
        "quantile by (i) (0.5, m)",
        "count_values by (i) ('v', m)",
        "m + m",
        "m and m",
        "m or m",
        "max_over_time(m[10s:1s])"
      })
  void memory_isBoundedWhereverSeriesAreKept(String query) {
    PromEngine small = new PromEngine(QueryLimits.DEFAULT.withMaxMemoryBytes(20_000));
    assertThat(small.queryRange(series(2, 10), query, 0, 9000, 1000).value()).isNotNull();
    assertThatThrownBy(() -> small.queryRange(series(80, 10), query, 0, 9000, 1000))
        .isInstanceOf(PromException.Execution.class)
        .hasMessageContaining("20000 bytes")
        .hasMessageContaining("query.max-memory");
  }

  @Test
  void nativeHistograms_countAsSamplesByTheirSize() {
    NativeHistogram histogram =
        new NativeHistogram(
            0,
            500,
            1,
            0,
            0,
            new int[] {0, 500},
            DoubleStream.generate(() -> 1).limit(500).toArray(),
            new int[0],
            new double[0],
            new double[0],
            NativeHistogram.ResetHint.UNKNOWN);
    InMemorySeries source =
        InMemorySeries.builder().add(Labels.of(Labels.NAME, "h"), 0, histogram).build();
    assertThat(engine.query(source, "count_over_time(h[1m])", 1000).peakSamples())
        .isBetween(250L, 300L);
  }

  @Test
  void samples_streamedThroughAnAggregation_areNotHeld() {
    PromAnswer answer = engine.query(series(50, 30), "sum(sum_over_time(m[1h]))", 30_000);
    assertThat(answer.peakSamples()).isBetween(30L, 60L);
  }

  @Test
  void timeout_isNoticedWhileRunning() {
    PromQuery query = engine.parse("m");
    Cancellation clock =
        () -> {
          nanos.addAndGet(Duration.ofMillis(600).toNanos());
          return false;
        };
    assertThatThrownBy(() -> engine.query(series(5, 1), query, 0, clock))
        .isInstanceOf(PromException.Timeout.class)
        .hasMessageStartingWith("query timed out in expression evaluation")
        .hasMessageContaining("query.timeout");
  }

  @Test
  void cancellation_endsTheQuery() {
    AtomicLong asked = new AtomicLong();
    PromQuery query = engine.parse("sum(rate(m[1m]))");
    assertThatThrownBy(
            () -> engine.query(series(50, 2), query, 1000, () -> asked.incrementAndGet() > 10))
        .isInstanceOf(PromException.Canceled.class)
        .hasMessage("query was canceled in expression evaluation");
    assertThat(asked.get()).isEqualTo(11);
  }

  @Test
  void cancellation_reachesASourceThatWorksLong() {
    SeriesSource patient =
        (SeriesSource)
            Proxy.newProxyInstance(
                SeriesSource.class.getClassLoader(),
                new Class<?>[] {SeriesSource.class},
                (proxy, method, arguments) -> {
                  while (true) {
                    ((SeriesSource.Hints) arguments[3]).checkpoint().run();
                  }
                });
    AtomicLong asked = new AtomicLong();
    PromQuery query = engine.parse("m");
    assertThatThrownBy(() -> engine.query(patient, query, 0, () -> asked.incrementAndGet() > 10))
        .isInstanceOf(PromException.Canceled.class);
  }

  /** What runs long between two checks cannot be called off within a second. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "m | 200",
        "sum(m) | 200",
        "rate(m[1m]) | 400",
        "topk(3, m) | 206",
        "quantile(0.5, m) | 206",
        "count_values('v', m) | 200",
        "m + m | 400",
        "m * on (i) group_left m | 400",
        "m and m | 400",
        "m or m | 400",
        "max_over_time(m[1m:1s]) | 400",
        "sort_by_label(m, 'i') | 200",
        "label_replace(m, 'a', '$1', 'i', '(.*)') | 200"
      })
  void cancellation_isAskedForEverySeriesAndFewSteps(String text, int times) {
    AtomicLong asked = new AtomicLong();
    PromEngine roomy = new PromEngine(QueryLimits.DEFAULT, PromOptions.EXPERIMENTAL);
    PromQuery query = roomy.parse(text);
    Cancellation count =
        () -> {
          asked.incrementAndGet();
          return false;
        };
    roomy.queryRange(series(200, 100), query, 0, 99_000, 1000, count);
    assertThat(asked.get()).isGreaterThanOrEqualTo(times);
  }

  @Test
  void statistics_countSamplesByStepAndNode() {
    PromEngine counting = engine.withStatistics(true);
    PromAnswer answer =
        counting.queryRange(series(2, 10), "sum(rate(m[2s])) + sum(m)", 2000, 4000, 1000);
    QueryStatistics statistics = Objects.requireNonNull(answer.statistics());
    assertThat(statistics.samplesPerStep()).containsExactly(6, 6, 6);
    assertThat(statistics.samples()).isEqualTo(18);
    assertThat(statistics.peakSamples()).isEqualTo(answer.peakSamples());
    assertThat(statistics.peakMemoryBytes()).isPositive();
    assertThat(statistics.nodes())
        .extracting(
            QueryStatistics.Node::text,
            QueryStatistics.Node::depth,
            QueryStatistics.Node::series,
            QueryStatistics.Node::points)
        .containsExactly(
            tuple("sum(rate(m[2s])) + sum(m)", 0, 1L, 3L),
            tuple("sum(rate(m[2s]))", 1, 1L, 3L),
            tuple("rate(m[2s])", 2, 2L, 6L),
            tuple("sum(m)", 1, 1L, 3L),
            tuple("m", 2, 2L, 6L));
    assertThat(engine.query(series(1, 1), "m", 0).statistics()).isNull();
  }

  @Test
  void format_isPrometheus() {
    assertThat(engine.parse("sum(x)by(a)").format()).isEqualTo("sum by (a) (x)");
  }

  @Test
  void typeLabels_sayWhatIsACounter() {
    InMemorySeriesBuilder builder = InMemorySeries.builder();
    for (String type : new String[] {"counter", "histogram", "gauge"}) {
      builder
          .add(Labels.of(Labels.NAME, "m", "i", type, "__type__", type), 0, 1)
          .add(Labels.of(Labels.NAME, "m", "i", type, "__type__", type), 60_000, 2);
    }
    InMemorySeries source = builder.build();
    PromEngine typed = engine.withOptions(PromOptions.DEFAULT.withTypeLabels(true));
    assertThat(typed.query(source, "rate(m{__type__!='gauge'}[2m])", 60_000).annotations())
        .isEmpty();
    assertThat(typed.query(source, "sum(increase(m[2m]))", 60_000).annotations())
        .extracting(Annotation::text)
        .containsExactly(
            "PromQL info: metric might not be a counter, __type__ label is not set to \"counter\" or"
                + " \"histogram\", got \"gauge\": \"m\" (1:14)");
    assertThat(engine.query(source, "sum(increase(m[2m]))", 60_000).annotations())
        .extracting(Annotation::text)
        .containsExactly(
            "PromQL info: metric might not be a counter, name does not end in"
                + " _total/_sum/_count/_bucket: \"m\" (1:14)");
    assertThat(engine.query(source, "irate(m[2m])", 60_000).annotations()).isEmpty();
  }
}
