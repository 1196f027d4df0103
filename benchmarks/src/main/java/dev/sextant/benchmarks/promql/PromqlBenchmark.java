package dev.sextant.benchmarks.promql;

import dev.sextant.benchmarks.Benchmark;
import dev.sextant.benchmarks.Row;
import dev.sextant.benchmarks.subject.Subject;
import dev.sextant.benchmarks.subject.Subjects;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/**
 * What queries cost the process that answers them, ours and the system's Prometheus: both hold the
 * same series and answer the same requests over HTTP, in turn. Every question is asked of each for
 * {@code sextant.bench.warm-up} seconds first (5 unless set) and {@value #WARM_UP_QUERIES} times at
 * least, the whole list once, and then measured for {@code sextant.bench.time} (6) in {@value
 * #TURNS} turns. {@code sextant.bench.only}, a regular expression, picks questions by id.
 */
public final class PromqlBenchmark implements Benchmark {
  private static final int TURNS = 3;
  private static final int WARM_UP_QUERIES = 100;

  private final Duration warmUp = Duration.ofSeconds(Long.getLong("sextant.bench.warm-up", 5));
  private final String only = System.getProperty("sextant.bench.only", ".*");
  private final Duration time = Duration.ofSeconds(Long.getLong("sextant.bench.time", 6));

  @Override
  public String name() {
    return "promql";
  }

  @Override
  public String summary() {
    return "processor time and latency of PromQL queries, beside Prometheus where it is installed";
  }

  @Override
  public List<Row> run(Options options) throws IOException, InterruptedException {
    Path directory = Files.createTempDirectory("sextant-bench");
    try {
      ShopSeries series = new ShopSeries(System.currentTimeMillis());
      Path theirs = Files.createDirectories(directory.resolve("prometheus"));
      Path ours = Files.createDirectories(directory.resolve("sextant"));
      Optional<Subject> peer = Subjects.prometheus(theirs);
      try (Asker prometheus = peer.map(Asker::new).orElse(null);
          Asker sextant = new Asker(Subjects.sextant(ours, "http"))) {
        List<Asker> askers = new ArrayList<>(List.of(sextant));
        peer.ifPresentOrElse(
            there -> askers.add(prometheus),
            () -> System.err.println("Prometheus is left out: it is not installed"));
        return compare(askers, series);
      }
    } finally {
      delete(directory);
    }
  }

  private List<Row> compare(List<Asker> askers, ShopSeries series)
      throws IOException, InterruptedException {
    for (Asker asker : askers) {
      asker.load(series);
    }
    for (Asker asker : askers) {
      asker.settle();
    }
    List<Question> questions =
        Question.all().stream().filter(question -> question.id().matches(only)).toList();
    for (Question question : questions) {
      checkSame(question, askers, series);
      for (Asker asker : askers) {
        asker.ask(question, series.endMillis(), warmUp, WARM_UP_QUERIES, new Asker.Cost());
      }
    }
    List<Row> rows = new ArrayList<>();
    for (Question question : questions) {
      rows.addAll(measure(question, askers, series));
    }
    return rows;
  }

  /** Figures of different answers would say nothing. */
  private static void checkSame(Question question, List<Asker> askers, ShopSeries series)
      throws IOException, InterruptedException {
    AnswerSize first = AnswerSize.of(askers.getFirst().answer(question, series.endMillis()));
    AnswerSize last = AnswerSize.of(askers.getLast().answer(question, series.endMillis()));
    if (!first.isLike(last)) {
      throw new IOException(
          "the answers to %s differ: %s and %s".formatted(question.query(), first, last));
    }
  }

  private List<Row> measure(Question question, List<Asker> askers, ShopSeries series)
      throws IOException, InterruptedException {
    List<Asker.Cost> costs = askers.stream().map(asker -> new Asker.Cost()).toList();
    for (int turn = 0; turn < TURNS; turn++) {
      for (int i = 0; i < askers.size(); i++) {
        askers.get(i).ask(question, series.endMillis(), time.dividedBy(TURNS), 1, costs.get(i));
      }
    }
    Asker.Cost ours = costs.getFirst();
    Optional<Asker.Cost> theirs =
        costs.size() > 1 ? Optional.of(costs.getLast()) : Optional.empty();
    System.err.printf(
        "%s: %.2f ms of a processor%s%n",
        question.id(),
        ours.cpuMillis(),
        theirs
            .map(
                cost ->
                    ", Prometheus %.2f, %.1f times as much"
                        .formatted(cost.cpuMillis(), cost.cpuMillis() / ours.cpuMillis()))
            .orElse(""));
    return List.of(
        row(question, "CPU", ours, theirs, Asker.Cost::cpuMillis, question.goal()),
        row(question, "p50", ours, theirs, cost -> cost.latencyMillis(50), 0),
        row(question, "p95", ours, theirs, cost -> cost.latencyMillis(95), 0));
  }

  /**
   * @param times how often the peer's figure is to hold ours; 0 for no goal
   */
  private static Row row(
      Question question,
      String what,
      Asker.Cost ours,
      Optional<Asker.Cost> theirs,
      ToDoubleFunction<Asker.Cost> figure,
      double times) {
    Optional<Double> peer = theirs.map(figure::applyAsDouble);
    Double goal = times == 0 || peer.isEmpty() ? null : peer.get() / times;
    Map<String, Double> peers = peer.isEmpty() ? Map.of() : Map.of("Prometheus", peer.get());
    return Row.atMost(
        question.id() + " " + what, "ms per query", figure.applyAsDouble(ours), peers, goal);
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
