package dev.sextant.traceql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sextant.trace.model.MemorySpanSource;
import dev.sextant.trace.model.PlainSpan;
import dev.sextant.trace.model.SpanSource;
import dev.sextant.trace.model.SpanValue;
import dev.sextant.traceql.parse.TraceQlParser;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Bounds of series, what stages see of them, and the exemplars of what is computed. */
class SeriesRulesTest {
  private static final long SECOND = Shop.SECOND;
  private static final long NOW = 1_000 * SECOND;

  private final TraceQlEngine engine = new TraceQlEngine(QueryLimits.DEFAULT);

  private static PlainSpan span(long trace, long second, Map<String, SpanValue> attributes) {
    PlainSpan.Builder span =
        PlainSpan.builder(trace, 1).name("n" + trace).time(second * SECOND, trace * 1_000_000);
    attributes.forEach(span::attribute);
    return span.build();
  }

  private static Map<String, SpanValue> ab(String a, String b) {
    return Map.of("a", SpanValue.of(a), "b", SpanValue.of(b));
  }

  private static MetricsAnswer instant(
      TraceQlEngine engine, SpanSource source, String query, int maxSeries) {
    return engine.queryInstant(
        source,
        new InstantRequest(TraceQlParser.parse(query), 0, 100 * SECOND, NOW, maxSeries),
        Cancellation.NONE);
  }

  private static List<String> lines(MetricsAnswer answer) {
    return answer.series().stream()
        .map(
            series ->
                series.labels().stream()
                        .map(label -> label.name() + "=" + label.value().text())
                        .collect(Collectors.joining(","))
                    + ": "
                    + series.values()[0])
        .toList();
  }

  @Test
  void groups_beyondTheLimit_areMissingWhereTheyFillABatch() {
    Map<String, SpanValue> y = Map.of("b", SpanValue.of("y"));
    SpanSource source =
        SourceParts.of(
            List.of(span(1, 1, ab("x", "y")), span(2, 1, ab("x", "z"))),
            List.of(span(3, 1, y), span(4, 1, y), span(5, 1, y)));
    MetricsAnswer answer =
        instant(
            new TraceQlEngine(QueryLimits.DEFAULT.withMaxSeries(2)),
            source,
            "{} | count_over_time() by (.a, .b)",
            0);
    assertThat(lines(answer)).containsExactly(".a=x,.b=y: 1.0", ".a=x,.b=z: 1.0");
    assertThat(answer.incomplete())
        .isEqualTo("there are more than 2 series; group by less, or raise traces.query.max-series");
  }

  @Test
  void groups_ofThreeKeys_stayApartAcrossBatches() {
    Map<String, SpanValue> y = Map.of("b", SpanValue.of("y"));
    SpanSource source =
        SourceParts.of(
            List.of(span(1, 1, ab("x", "y")), span(2, 1, ab("z", "y"))),
            List.of(span(3, 1, y), span(4, 1, y), span(5, 1, ab("x", "y"))),
            List.of(span(6, 1, y)));
    assertThat(lines(instant(engine, source, "{} | count_over_time() by (.a, .b, name)", 0)))
        .containsExactly(
            ".b=y,name=n3: 1.0",
            ".b=y,name=n4: 1.0",
            ".b=y,name=n6: 1.0",
            ".a=x,.b=y,name=n1: 1.0",
            ".a=x,.b=y,name=n5: 1.0",
            ".a=z,.b=y,name=n2: 1.0");
  }

  /** Of the last name 30 spans, of that before 29 … */
  private static SpanSource names() {
    List<PlainSpan> spans = new ArrayList<>();
    for (int name = 1; name <= 30; name++) {
      for (int i = 1; i <= name; i++) {
        spans.add(PlainSpan.builder(name, i).name("n" + name).time(SECOND, 5).build());
      }
    }
    return new MemorySpanSource(spans);
  }

  @Test
  void maxSeries_cutsTheAnswerBehindStages() {
    MetricsAnswer top = instant(engine, names(), "{} | count_over_time() by (name) | topk(2)", 3);
    assertThat(lines(top)).containsExactly("name=n29: 29.0", "name=n30: 30.0");
    assertThat(top.incomplete()).isNull();
    assertThat(lines(instant(engine, names(), "{} | count_over_time() by (name) > 29", 1)))
        .containsExactly("name=n30: 30.0");
    assertThat(
            lines(
                instant(
                    engine,
                    names(),
                    "({} | count_over_time() by (name)) / ({ name = `n30` } | count_over_time() by (name))",
                    1)))
        .containsExactly("name=n30: 1.0");
    MetricsAnswer cut = instant(engine, names(), "{} | count_over_time() by (name)", 3);
    assertThat(cut.series()).hasSize(3);
    assertThat(cut.incomplete()).contains("more than 3 series").contains("maxSeries");
  }

  @Test
  void series_areOrderedWithNaNLast() {
    List<PlainSpan> spans = new ArrayList<>();
    double[] values = {3, Double.NaN, 1, Double.POSITIVE_INFINITY, 2, -1};
    for (int i = 0; i < values.length; i++) {
      spans.add(span(i + 1, 1, Map.of("v", SpanValue.of(values[i]))));
    }
    assertThat(
            lines(
                instant(
                    engine, new MemorySpanSource(spans), "{} | count_over_time() by (span.v)", 0)))
        .containsExactly(
            "span.v=-1.0: 1.0",
            "span.v=1.0: 1.0",
            "span.v=2.0: 1.0",
            "span.v=3.0: 1.0",
            "span.v=Infinity: 1.0",
            "span.v=NaN: 1.0");
  }

  private static Set<String> attributes(MetricsAnswer answer) {
    return answer.series().stream()
        .map(series -> series.labels().getLast().name())
        .collect(Collectors.toSet());
  }

  @Test
  void compare_isCutByAttribute() {
    String query = "{} | compare({ .a = `x` })";
    MetricsAnswer all = instant(engine, seconds(), query, 0);
    assertThat(all.incomplete()).isNull();
    for (int most : new int[] {1, 4, 9, 20, all.series().size() - 1}) {
      MetricsAnswer cut = instant(engine, seconds(), query, most);
      assertThat(cut.series()).hasSizeLessThanOrEqualTo(most);
      assertThat(cut.incomplete()).contains("more than " + most + " series");
      Set<String> kept = attributes(cut);
      assertThat(lines(cut))
          .containsExactlyElementsOf(
              lines(all).stream()
                  .filter(line -> kept.contains(line.replaceAll("^[^,]*,|=.*$", "")))
                  .toList());
    }
    assertThat(attributes(instant(engine, seconds(), query, all.series().size() - 1)))
        .contains("span.a");
  }

  @Test
  void compare_doesNotSelectWhatItsFilterHasNoValueFor() {
    List<PlainSpan> spans = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      spans.add(span(i + 1, 1, Map.of("n", SpanValue.of(i - 2))));
    }
    SpanSource source = new MemorySpanSource(spans);
    assertThat(lines(instant(engine, source, "{} | compare({ 6 / .n < 9 })", 0)))
        .contains(
            "__meta_type=baseline,span.n=0: 1.0",
            "__meta_type=selection,span.n=-2: 1.0",
            "__meta_type=selection,span.n=-1: 1.0",
            "__meta_type=selection,span.n=1: 1.0");
  }

  @Test
  void compare_selectsByStatusMessagesThatAreNotThere() {
    assertThat(lines(instant(engine, seconds(), "{} | compare({ statusMessage = `` })", 0)))
        .contains("__meta_type=selection_total,name=nil: 19.0")
        .noneMatch(line -> line.contains("statusMessage"));
  }

  private List<MetricsAnswer.Series> exemplars(SpanSource source, String query, int asked) {
    RangeRequest request =
        new RangeRequest(
            TraceQlParser.parse(query), 10 * SECOND, 20 * SECOND, 10 * SECOND, NOW, asked, 0);
    return engine.queryRange(source, request, Cancellation.NONE).series();
  }

  private static List<Double> values(MetricsAnswer.Series series) {
    return series.exemplars().stream().map(MetricsAnswer.Exemplar::value).toList();
  }

  /** One a second, of two sorts, each of another trace. */
  private static SpanSource seconds() {
    List<PlainSpan> spans = new ArrayList<>();
    for (int i = 1; i <= 19; i++) {
      spans.add(span(i, i, ab(i % 2 == 0 ? "x" : "y", "z")));
    }
    return new MemorySpanSource(spans);
  }

  @Test
  void exemplars_ofWhatIsComputed_standAtItsSamples() {
    MetricsAnswer.Series twice =
        exemplars(seconds(), "({} | count_over_time()) * 2", 100).getFirst();
    assertThat(twice.values()).containsExactly(20, 18);
    assertThat(values(twice)).hasSize(19).containsOnly(20.0, 18.0).startsWith(20.0);
    MetricsAnswer.Series longest =
        exemplars(seconds(), "({} | max_over_time(duration)) * 1000", 100).getFirst();
    assertThat(values(longest)).hasSize(19).containsOnly(longest.values()[0], longest.values()[1]);
    MetricsAnswer.Series share =
        exemplars(seconds(), "({ .a = `x` } | rate()) / ({} | rate())", 100).getFirst();
    assertThat(values(share))
        .hasSizeGreaterThan(9)
        .containsOnly(share.values()[0], share.values()[1]);
    assertThat(share.exemplars())
        .isSortedAccordingTo((a, b) -> Long.compare(a.timeNanos(), b.timeNanos()));
  }

  @Test
  void exemplars_ofTheSideThatCountsForAll_areLeftOut() {
    for (String query :
        List.of(
            "({} | rate() by (.a)) / ({} | rate())",
            "({} | rate()) / ({} | rate() by (.a))",
            "({} | rate()) - ({} | rate() by (.a)) - ({} | rate() by (name))")) {
      List<MetricsAnswer.Exemplar> all =
          exemplars(seconds(), query, 7).stream().flatMap(s -> s.exemplars().stream()).toList();
      assertThat(all).hasSizeLessThanOrEqualTo(7).doesNotHaveDuplicates();
    }
    assertThat(
            exemplars(seconds(), "({} | rate() by (.a)) / ({} | rate())", 100).stream()
                .mapToInt(series -> series.exemplars().size())
                .sum())
        .isEqualTo(19);
  }

  @Test
  void exemplars_areAsManyAsAreAskedForWhereThatIsOdd() {
    List<MetricsAnswer.Series> series = exemplars(seconds(), "{} | rate()", 5);
    assertThat(series.getFirst().exemplars()).hasSize(5);
    assertThat(exemplars(seconds(), "{} | rate()", 1).getFirst().exemplars()).hasSize(1);
  }

  @Test
  void exemplars_ofPowers_areOfSpansThatHaveOne() {
    List<PlainSpan> spans = new ArrayList<>();
    for (int i = 1; i <= 8; i++) {
      spans.add(span(i, 11, Map.of("n", i < 8 ? SpanValue.of(i / 8.0) : SpanValue.of(5L))));
    }
    for (String query :
        List.of("{} | histogram_over_time(.n)", "{} | quantile_over_time(.n, 0.5)")) {
      List<MetricsAnswer.Series> series = exemplars(new MemorySpanSource(spans), query, 100);
      assertThat(series).hasSize(1);
      assertThat(values(series.getFirst())).containsExactly(5.0);
    }
  }

  @Test
  void stages_andRows_askWhetherTheQueryIsToEnd() {
    assertCanceledWithin("{} | count_over_time() by (name)" + " > 0".repeat(200));
    assertCanceledWithin("{ .a + 1 = .b + 1 || name != nil } | count_over_time()");
  }

  /** Whatever the number of questions after which it is called off, the query ends by it. */
  private void assertCanceledWithin(String query) {
    int[] asked = new int[1];
    InstantRequest request =
        new InstantRequest(TraceQlParser.parse(query), 0, 100 * SECOND, NOW, 0);
    engine.queryInstant(
        names(),
        request,
        () -> {
          asked[0]++;
          return false;
        });
    int last = asked[0];
    int[] again = new int[1];
    assertThatThrownBy(() -> engine.queryInstant(names(), request, () -> ++again[0] == last))
        .isInstanceOf(TraceQlException.Canceled.class);
    int[] plain = new int[1];
    engine.queryInstant(
        names(),
        new InstantRequest(
            TraceQlParser.parse("{} | count_over_time() by (name)"), 0, 100 * SECOND, NOW, 0),
        () -> {
          plain[0]++;
          return false;
        });
    assertThat(last).isGreaterThan(plain[0]);
  }
}
