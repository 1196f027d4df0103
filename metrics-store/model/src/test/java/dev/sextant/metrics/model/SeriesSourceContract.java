package dev.sextant.metrics.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * What every {@link SeriesSource} promises. A subclass says how its source is filled; each test
 * fills it once with the same small landscape.
 */
public abstract class SeriesSourceContract {
  protected static final NativeHistogram HISTOGRAM =
      new NativeHistogram(
          3,
          0.001,
          1,
          12,
          30.5,
          new int[] {-2, 2, 3, 1},
          new double[] {1, 4, 6},
          new int[0],
          new double[0],
          new double[0],
          NativeHistogram.ResetHint.NO);
  protected static final double STALE = Double.longBitsToDouble(NativeHistogram.STALE_BITS);

  private static final Labels GET = Labels.of("__name__", "http", "job", "a", "method", "GET");
  private static final Labels POST = Labels.of("__name__", "http", "job", "a", "method", "POST");
  private static final Labels OTHER = Labels.of("__name__", "http", "job", "b");
  private static final Labels SIZES = Labels.of("__name__", "sizes", "job", "b");

  /** A source over what the builder holds. */
  protected abstract SeriesSource source(InMemorySeriesBuilder content);

  private SeriesSource landscape() {
    return source(
        InMemorySeries.builder()
            .add(GET, 1000, 1.5)
            .add(GET, 2000, -0.0, 500)
            .stale(GET, 3000)
            .add(POST, 1000, 7)
            .add(OTHER, 5000, 8)
            .add(SIZES, 1000, HISTOGRAM, 900)
            .exemplar(GET, new Exemplar(Labels.of("trace_id", "2"), 0.2, 2000))
            .exemplar(GET, new Exemplar(Labels.of("trace_id", "1"), 0.1, 1000))
            .metadata(new Metadata("http", "counter", "requests", ""))
            .metadata(new Metadata("sizes", "histogram", "", "bytes")));
  }

  private static List<String> select(SeriesSource source, long min, long max, Matcher... matchers) {
    SeriesSource.Hints hints = new SeriesSource.Hints(0, 0, "", List.of(), false, true, 0);
    return select(source, min, max, hints, matchers);
  }

  private static List<String> select(
      SeriesSource source, long min, long max, SeriesSource.Hints hints, Matcher... matchers) {
    List<String> lines = new ArrayList<>();
    try (SeriesSet set = source.select(min, max, List.of(matchers), hints)) {
      while (set.next()) {
        lines.add(set.labels() + " " + samples(set.samples()));
      }
    }
    return lines;
  }

  private static String samples(SampleCursor cursor) {
    StringBuilder out = new StringBuilder();
    for (SampleCursor.Type type = cursor.next();
        type != SampleCursor.Type.NONE;
        type = cursor.next()) {
      boolean stale =
          type == SampleCursor.Type.FLOAT
              && Double.doubleToRawLongBits(cursor.value()) == NativeHistogram.STALE_BITS;
      String value =
          stale
              ? "stale"
              : type == SampleCursor.Type.FLOAT
                  ? String.valueOf(cursor.value())
                  : cursor.histogram().equals(HISTOGRAM) ? "histogram" : "another histogram";
      out.append(cursor.timestampMillis()).append('=').append(value);
      if (cursor.startTimestampMillis() != 0) {
        out.append('@').append(cursor.startTimestampMillis());
      }
      out.append(' ');
    }
    return out.toString().trim();
  }

  @Test
  void select_returnsSortedSeriesWithSamplesInsideBothEnds() {
    assertThat(select(landscape(), 1000, 3000))
        .containsExactly(
            "http{job=\"a\", method=\"GET\"} 1000=1.5 2000=-0.0@500 3000=stale",
            "http{job=\"a\", method=\"POST\"} 1000=7.0",
            "sizes{job=\"b\"} 1000=histogram@900");
    assertThat(select(landscape(), 1001, 2999))
        .containsExactly("http{job=\"a\", method=\"GET\"} 2000=-0.0@500");
    assertThat(select(landscape(), 6000, 9000)).isEmpty();
  }

  @Test
  void select_everyKindOfMatcher() {
    SeriesSource source = landscape();
    assertThat(names(source, Matcher.equal("job", "b"))).containsExactly(OTHER, SIZES);
    assertThat(names(source, Matcher.equal("method", ""))).containsExactly(OTHER, SIZES);
    assertThat(names(source, new Matcher(Matcher.Type.NOT_EQUAL, "method", "")))
        .containsExactly(GET, POST);
    assertThat(names(source, new Matcher(Matcher.Type.NOT_EQUAL, "method", "GET")))
        .containsExactly(POST, OTHER, SIZES);
    assertThat(names(source, new Matcher(Matcher.Type.REGEX, "method", "G.*")))
        .containsExactly(GET);
    assertThat(names(source, new Matcher(Matcher.Type.REGEX, "method", "GET|")))
        .containsExactly(GET, OTHER, SIZES);
    assertThat(names(source, new Matcher(Matcher.Type.REGEX, "method", "GET|POST|PUT")))
        .containsExactly(GET, POST);
    assertThat(names(source, new Matcher(Matcher.Type.REGEX, "method", "(?i)get")))
        .containsExactly(GET);
    assertThat(names(source, new Matcher(Matcher.Type.NOT_REGEX, "method", "GE.+")))
        .containsExactly(POST, OTHER, SIZES);
    assertThat(names(source, new Matcher(Matcher.Type.NOT_REGEX, "method", ".*"))).isEmpty();
    assertThat(
            names(
                source, new Matcher(Matcher.Type.REGEX, "absent", ".*"), Matcher.equal("job", "a")))
        .containsExactly(GET, POST);
    assertThat(names(source, Matcher.equal("absent", "x"))).isEmpty();
  }

  private static List<Labels> names(SeriesSource source, Matcher... matchers) {
    return source.series(0, 9000, List.of(List.of(matchers)), 0);
  }

  @Test
  void series_joinsMatcherListsAndHonoursLimit() {
    List<List<Matcher>> either =
        List.of(List.of(Matcher.equal("method", "GET")), List.of(Matcher.equal("job", "b")));
    assertThat(landscape().series(0, 9000, either, 0)).containsExactly(GET, OTHER, SIZES);
    assertThat(landscape().series(0, 9000, either, 2)).containsExactly(GET, OTHER);
    assertThat(landscape().series(4000, 9000, either, 0)).containsExactly(OTHER);
    assertThat(landscape().series(0, 9000, List.of(), 0)).hasSize(4);
  }

  @Test
  void labels_onlyOfSeriesWithSamplesInTheRange() {
    SeriesSource source = landscape();
    assertThat(source.labelNames(0, 9000, List.of(), 0))
        .containsExactly("__name__", "job", "method");
    assertThat(source.labelNames(0, 9000, List.of(), 1)).containsExactly("__name__");
    assertThat(source.labelNames(4000, 9000, List.of(), 0)).containsExactly("__name__", "job");
    assertThat(source.labelValues("job", 0, 9000, List.of(), 0)).containsExactly("a", "b");
    assertThat(source.labelValues("job", 4000, 9000, List.of(), 0)).containsExactly("b");
    assertThat(
            source.labelValues("method", 0, 9000, List.of(List.of(Matcher.equal("job", "b"))), 0))
        .isEmpty();
  }

  @Test
  void cursor_seeksForwardOnly() {
    SeriesSource source = landscape();
    try (SeriesSet set =
        source.select(0, 9000, List.of(Matcher.equal("method", "GET")), SeriesSource.Hints.NONE)) {
      assertThat(set.next()).isTrue();
      SampleCursor cursor = set.samples();
      assertThat(cursor.seek(1500)).isEqualTo(SampleCursor.Type.FLOAT);
      assertThat(cursor.timestampMillis()).isEqualTo(2000);
      assertThat(cursor.seek(1000)).isEqualTo(SampleCursor.Type.FLOAT);
      assertThat(cursor.timestampMillis()).isEqualTo(2000);
      assertThat(cursor.next()).isEqualTo(SampleCursor.Type.FLOAT);
      assertThat(cursor.timestampMillis()).isEqualTo(3000);
      assertThat(cursor.seek(3001)).isEqualTo(SampleCursor.Type.NONE);
      assertThat(cursor.next()).isEqualTo(SampleCursor.Type.NONE);
      assertThat(set.next()).isFalse();
    }
  }

  @Test
  void exemplars_inOrderOfTimeInsideTheRange() {
    List<List<Matcher>> all = List.of(List.of(Matcher.equal("__name__", "http")));
    assertThat(landscape().exemplars(0, 9000, all).get(GET))
        .extracting(Exemplar::timestampMillis)
        .containsExactly(1000L, 2000L);
    assertThat(landscape().exemplars(1500, 9000, all).get(GET)).hasSize(1);
    assertThat(landscape().exemplars(2001, 9000, all)).isEmpty();
    assertThat(landscape().exemplars(0, 9000, List.of(List.of(Matcher.equal("job", "b")))))
        .isEmpty();
  }

  @Test
  void metadata_byFamily() {
    assertThat(landscape().metadata("", 0)).containsOnlyKeys("http", "sizes");
    assertThat(landscape().metadata("", 1)).containsOnlyKeys("http");
    assertThat(landscape().metadata("sizes", 0).get("sizes"))
        .containsExactly(new Metadata("sizes", "histogram", "", "bytes"));
    assertThat(landscape().metadata("none", 0)).isEmpty();
  }

  @Test
  void hints_neverChangeWhatIsRead() {
    SeriesSource source = landscape();
    Random random = new Random(42);
    for (int i = 0; i < 300; i++) {
      long min = random.nextInt(6000);
      long max = min + random.nextInt(6000);
      int limit = random.nextInt(4);
      SeriesSource.Hints hints =
          new SeriesSource.Hints(
              random.nextInt(5000),
              random.nextInt(5000),
              List.of("", "rate", "max_over_time", "count", "no_such").get(random.nextInt(5)),
              List.<List<String>>of(List.of(), List.of("job"), List.of("method", "x"))
                  .get(random.nextInt(3)),
              random.nextBoolean(),
              true,
              limit);
      List<String> all = select(source, min, max);
      assertThat(select(source, min, max, hints).stream().limit(limit == 0 ? 99 : limit))
          .as("%s from %d to %d", hints, min, max)
          .containsExactlyElementsOf(
              all.subList(0, limit == 0 ? all.size() : Math.min(limit, all.size())));
    }
  }

  @Test
  void limits_keepTheFirst() {
    SeriesSource source = landscape();
    for (int limit = 1; limit < 6; limit++) {
      assertThat(source.series(0, 9000, List.of(), limit))
          .isEqualTo(source.series(0, 9000, List.of(), 0).stream().limit(limit).toList());
      assertThat(source.labelNames(0, 9000, List.of(), limit))
          .isEqualTo(source.labelNames(0, 9000, List.of(), 0).stream().limit(limit).toList());
      assertThat(source.labelValues("job", 0, 9000, List.of(), limit))
          .isEqualTo(
              source.labelValues("job", 0, 9000, List.of(), 0).stream().limit(limit).toList());
    }
  }
}
