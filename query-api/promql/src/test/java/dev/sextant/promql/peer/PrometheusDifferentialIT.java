package dev.sextant.promql.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sextant.metrics.model.SeriesSource;
import dev.sextant.promql.PromAnswer;
import dev.sextant.promql.PromEngine;
import dev.sextant.promql.PromException;
import dev.sextant.promql.QueryLimits;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Asks this engine and the Prometheus of this machine the same random questions about the same
 * series. {@code -Dsextant.seed=N} asks others.
 */
class PrometheusDifferentialIT {
  private static final int QUERIES = Boolean.getBoolean("sextant.long") ? 5_000 : 400;
  private static final long SEED = Long.getLong("sextant.seed", 20_210_101);

  private static final Pattern COMPETING = Pattern.compile("\\[(\\{.*}), (\\{.*})]");

  /** Seven seconds past the half minute, so that no window begins or ends on a subquery's grid. */
  private static final long START = PeerData.START + 3_600_000 + 7_000;

  private static final long END = START + 1_800_000;

  @Test
  void randomQueries_haveTheSameAnswers(@TempDir Path folder) throws Exception {
    assumeTrue(
        Files.isExecutable(RealPrometheus.PROGRAM),
        () -> "no Prometheus to compare with at " + RealPrometheus.PROGRAM);
    PeerData data = new PeerData(SEED);
    SeriesSource source = data.inMemory();
    PromEngine engine = new PromEngine(QueryLimits.DEFAULT);
    RandomQueries queries = new RandomQueries(SEED);
    List<String> different = new ArrayList<>();
    int answered = 0;
    int failed = 0;
    try (RealPrometheus prometheus = RealPrometheus.start(folder)) {
      data.send(prometheus);
      for (int i = 0; i < QUERIES; i++) {
        String query = queries.next();
        long step = 30_000L * (1 + i % 5);
        Answer instant = ours(() -> engine.query(source, query, START));
        Answer range = ours(() -> engine.queryRange(source, query, START, END, step));
        note(different, query, instant.difference(Answer.of(prometheus.query(query, START))));
        note(
            different,
            query + " every " + step + " ms",
            range.difference(Answer.of(prometheus.queryRange(query, START, END, step))));
        answered += range.points().isEmpty() ? 0 : 1;
        failed += range.error().isEmpty() ? 0 : 1;
      }
    }
    System.out.printf(
        "  seed %d: %d expressions, each at an instant and over a range; %d with a result, %d refused by both, %d different%n",
        SEED, QUERIES, answered, failed, different.size());
    assertThat(different).as("seed %d", SEED).isEmpty();
    assertThat(answered).as("queries with a result").isGreaterThan(QUERIES * 6 / 10);
  }

  /**
   * Both refuse these in the same words, with the same place. Left out: what reads differently
   * since numbers and durations became one, {@code offset} takes more than a literal, and a NaN has
   * a message of its own.
   */
  private static final List<String> WRONG =
      List.of(
          "",
          "   ",
          "(1",
          "1)",
          "1 +",
          "sum(",
          "{a=\"b\"",
          "{a=\"b\",,}",
          "{,}",
          "a b",
          "a ! b",
          "a =~ b",
          "a == == b",
          "* a",
          "a $ b",
          "#",
          "\"a",
          "`a",
          "'\\c'",
          "{a}",
          "{a=b}",
          "{a~\"b\"}",
          "{a=~\"[\"}",
          "load{host=~\"a**\"}",
          "{}",
          "{a=~\".*\"}",
          "foo{__name__=\"bar\"}",
          "a[5m1h]",
          "a[5m][5m]",
          "a[5m][5m:]",
          "(a)[5m]",
          "a offset 1m[5m]",
          "a @ 5[5m]",
          "a @ foo",
          "a @ Inf",
          "a @ 5 @ 6",
          "a @ start(",
          "1 offset 1m",
          "a offset 1m offset 2m",
          "1 > 2",
          "a + bool b",
          "a and 1",
          "1 or 2",
          "a + \"b\"",
          "a[5m] + b",
          "a + on (x) 1",
          "a and on (x) group_left b",
          "a * on (x) group_left (x) b",
          "a * on x b",
          "-\"a\"",
          "-a[5m]",
          "nope(a)",
          "rate(a)",
          "rate(a[5m], 1)",
          "rate()",
          "label_join(a)",
          "round(a, 1, 2)",
          "abs(a,)",
          "abs(,a)",
          "abs(a b)",
          "sum()",
          "sum(a, b)",
          "topk(a)",
          "topk(a, a)",
          "topk(1, \"a\")",
          "sum(a[5m])",
          "sum(1)",
          "sum by a (b)",
          "sum by (1) (b)",
          "sum by (a b) (c)",
          "sum by (a) b",
          "sum by (a,,b) (c)",
          "count_values(1, a)",
          "1 2",
          "5mx",
          "a{b=\"c\"}{d=\"e\"}",
          "a unless on",
          "a or group_left b",
          "histogram_quantile(a, b)",
          "label_replace(load, \"a\", \"b\", \"c\", \"(\")",
          "label_replace(load, \"\", \"b\", \"c\", \"(.*)\")",
          "label_join(load, \"\", \"b\", \"c\")",
          "count_values(\"\", load)",
          "topk(1e20, load)",
          "abs({__name__=~\"load|capacity\",unit!=\"bytes\"} or label_replace(load, \"__name__\", \"x\", \"\", \"\"))",
          "load * temperature",
          "load * on (host) temperature",
          "temperature * on (host) load",
          "load * on (host) group_left temperature",
          "temperature * on (host) group_right load");

  @Test
  void wrongQueries_areRefusedInTheSameWords(@TempDir Path folder) throws Exception {
    assumeTrue(
        Files.isExecutable(RealPrometheus.PROGRAM),
        () -> "no Prometheus to compare with at " + RealPrometheus.PROGRAM);
    PeerData data = new PeerData(SEED);
    SeriesSource source = data.inMemory();
    PromEngine engine = new PromEngine(QueryLimits.DEFAULT);
    List<String> different = new ArrayList<>();
    try (RealPrometheus prometheus = RealPrometheus.start(folder)) {
      data.send(prometheus);
      for (String query : WRONG) {
        String ours = ours(() -> engine.query(source, query, START)).error();
        String theirs =
            Answer.of(prometheus.query(query, START))
                .error()
                .replaceFirst("^invalid parameter \"query\": ", "");
        theirs = inOrder(theirs);
        if (!ours.equals(theirs)) {
          different.add(query + "\n   ours  " + ours + "\n   theirs " + theirs);
        }
      }
    }
    System.out.printf("  %d wrong queries, %d refused otherwise%n", WRONG.size(), different.size());
    assertThat(different).isEmpty();
  }

  /** 2.42 names two competing series as it met them, 3 in order of their text. */
  private static String inOrder(String message) {
    Matcher two = COMPETING.matcher(message);
    return two.find() && two.group(1).compareTo(two.group(2)) > 0
        ? message.replace(two.group(), "[" + two.group(2) + ", " + two.group(1) + "]")
        : message;
  }

  private static Answer ours(Supplier<PromAnswer> run) {
    try {
      return Answer.of(run.get().value());
    } catch (PromException e) {
      return Answer.failed(String.valueOf(e.getMessage()));
    }
  }

  private static void note(List<String> different, String query, String difference) {
    if (!difference.isEmpty()) {
      different.add(query + ": " + difference);
    }
  }
}
