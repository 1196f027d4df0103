package dev.sextant.benchmarks.traces;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sextant.benchmarks.Benchmark;
import dev.sextant.benchmarks.Row;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * A small day from end to end: a server, its clock, and answers that are held against the truth.
 */
class TracesBenchmarkIT {

  @Test
  void everyFigureIsTaken_andEveryAnswerRight() throws Exception {
    List<Row> rows =
        new TracesBenchmark(40, Duration.ofMinutes(2)).run(new Benchmark.Options(false, 10_000));
    assertThat(rows)
        .extracting(Row::id)
        .contains(
            "cpu",
            "disk",
            "by id p95",
            "search p95",
            "{A} >> {B} p95",
            "rate() by service p95",
            "service's calls p95",
            "operation's critical path p95",
            "RssAnon peak");
    assertThat(rows).allMatch(row -> row.ours() >= 0);
    assertThat(rows)
        .filteredOn(row -> row.id().endsWith("p95"))
        .extracting(Row::unit)
        .containsExactly(
            "ms, 40 questions",
            "ms, 40 questions",
            "ms, 40 questions",
            "ms, 30 questions",
            "ms, 8 questions",
            "ms, 8 questions",
            "ms, 8 questions",
            "ms, 8 questions",
            "ms, 8 questions");
  }
}
