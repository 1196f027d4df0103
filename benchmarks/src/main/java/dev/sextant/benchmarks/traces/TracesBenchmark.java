package dev.sextant.benchmarks.traces;

import dev.sextant.benchmarks.Benchmark;
import dev.sextant.benchmarks.Row;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What spans cost to take and to keep, and how long questions to all of them take. */
public final class TracesBenchmark implements Benchmark {
  /** How the server's virtual machine is started. */
  private static final List<String> FLAGS =
      List.of(
          System.getProperty("sextant.bench.flags", "-XX:+UseG1GC -XX:G1HeapRegionSize=4m -Xmx512m")
              .split(" ", -1));

  private static final int RATES = 30;

  /** One question about a service for so many others of a kind. */
  private static final int OTHERS = 5;

  private static final Map<ServiceQuestion.Kind, String> OF_SERVICES =
      Map.of(
          ServiceQuestion.Kind.CALLS, "service's calls",
          ServiceQuestion.Kind.CALLS_OF_OPERATION, "operation's calls",
          ServiceQuestion.Kind.ERRORS, "service's errors",
          ServiceQuestion.Kind.VERSIONS, "service's versions",
          ServiceQuestion.Kind.CRITICAL_PATH, "operation's critical path");
  private static final double CPU_SECONDS = 20;
  private static final double BYTES = 50;

  /** Columns that take less of a span are shown together. */
  private static final double LEAST_BYTES = 0.1;

  private static final double MEBIBYTES = 1024;

  private final int count;
  private final Duration longest;

  /** As many questions, and as much time for them, as system properties say, or all. */
  public TracesBenchmark() {
    this(
        Integer.getInteger("sextant.bench.questions", 1000),
        Duration.ofSeconds(Long.getLong("sextant.bench.longest", 900)));
  }

  /**
   * @param count of questions of each kind; {@code rate} over everything is asked less often
   * @param longest that each kind may take
   */
  TracesBenchmark(int count, Duration longest) {
    this.count = count;
    this.longest = longest;
  }

  @Override
  public String name() {
    return "traces";
  }

  @Override
  public String summary() {
    return "CPU and bytes a span with sealing, questions to all spans, memory";
  }

  @Override
  public List<Row> run(Options options) throws IOException, InterruptedException {
    Path directory = Files.createTempDirectory("sextant-bench");
    try {
      List<Row> rows = new ArrayList<>(run(Day.of(options.spans()), directory));
      if (options.peers()) {
        rows.add(PeerRow.measure(Landscape.read(), directory, FLAGS));
      }
      return rows;
    } finally {
      try (Stream<Path> files = Files.walk(directory)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.deleteIfExists(file);
        }
      }
    }
  }

  private List<Row> run(Day day, Path directory) throws IOException, InterruptedException {
    Landscape landscape = Landscape.read();
    Questions warm = new Questions(landscape, day, 1);
    Questions asked = new Questions(landscape, day, 2);
    QuestionList warmUp = QuestionList.of(warm, count);
    QuestionList questions = QuestionList.of(asked, count);
    Witness witness = new Witness();
    warmUp.all().forEach(witness::expect);
    questions.all().forEach(witness::expect);
    warmUp.ofServices().values().forEach(witness::expectOfServices);
    questions.ofServices().values().forEach(witness::expectOfServices);
    List<Row> rows = new ArrayList<>();
    DiskUse disk;
    Path data;
    long clock;
    long spans;
    say(Census.of(landscape, day));
    say("the server runs with " + String.join(" ", FLAGS));
    try (ClockedSubject server = ClockedSubject.start(directory, day.startMillis(), FLAGS);
        AnonymousMemory memory = new AnonymousMemory(server.subject.process().pid())) {
      Load load = new Load(landscape, day, witness);
      Load.Cost cost = load.send(server);
      spans = cost.spans();
      data = server.data;
      clock = server.millis();
      disk = DiskUse.of(data);
      rows.addAll(rows(cost, disk));
      Door door = door(server, day);
      try (Asked asking = new Asked(server.subject, door, landscape, day, longest)) {
        rows.addAll(rows(asking, door, warmUp, questions, witness.spansByService()));
      } catch (WrongAnswerException e) {
        say(server.lastWords());
        throw e;
      }
      String unit = "MiB with " + String.join(" ", FLAGS);
      rows.add(Row.atMost("RssAnon peak", unit, mebi(memory.peakBytes()), Map.of(), MEBIBYTES));
      rows.add(Row.atMost("RssAnon after", unit, mebi(memory.bytes()), Map.of(), MEBIBYTES));
    }
    disk.byColumn(data, clock, (long) (LEAST_BYTES * spans))
        .forEach((column, bytes) -> rows.add(size("disk: " + column, bytes, spans, null)));
    return rows;
  }

  private static Door door(ClockedSubject server, Day day) {
    return System.getProperty("sextant.bench.api", "tempo").equals("sextant")
        ? new SextantDoor(server.subject.address(), day)
        : new TempoDoor(server.subject.address(), day);
  }

  /** The questions of one seed. */
  private record QuestionList(
      List<Long> byId,
      List<TraceQuestion.Search> searches,
      List<TraceQuestion.Below> below,
      Map<ServiceQuestion.Kind, List<ServiceQuestion>> ofServices) {
    static QuestionList of(Questions from, int count) {
      Map<ServiceQuestion.Kind, List<ServiceQuestion>> ofServices =
          new EnumMap<>(ServiceQuestion.Kind.class);
      List<Long> byId = from.byId(count);
      List<TraceQuestion.Search> searches = from.searches(count);
      List<TraceQuestion.Below> below = from.below(count);
      for (ServiceQuestion.Kind kind : ServiceQuestion.Kind.values()) {
        ofServices.put(kind, from.ofServices(kind, Math.max(1, count / OTHERS)));
      }
      return new QuestionList(byId, searches, below, ofServices);
    }

    List<List<? extends TraceQuestion>> all() {
      return List.of(searches, below);
    }
  }

  private static List<Row> rows(Load.Cost cost, DiskUse disk) {
    long spans = cost.spans();
    List<Row> rows = new ArrayList<>();
    String unit = "CPU s per million spans";
    rows.add(Row.atMost("cpu", unit, cost.perMillion(), Map.of(), CPU_SECONDS));
    rows.add(Row.atMost("cpu when warm", unit, cost.warmPerMillion(), Map.of(), null));
    rows.add(size("disk", disk.spans(), spans, BYTES));
    rows.add(size("disk with journal", disk.spans() + disk.journal(), spans, null));
    return rows;
  }

  private static Row size(String id, long bytes, long spans, @Nullable Double goal) {
    return Row.atMost(id, "B a span", bytes / (double) spans, Map.of(), goal);
  }

  private static List<Row> rows(
      Asked asked,
      Door door,
      QuestionList warmUp,
      QuestionList questions,
      Map<String, Long> spansByService)
      throws IOException, InterruptedException {
    List<Row> rows = new ArrayList<>();
    add(rows, "by id", asked.byId(warmUp.byId(), questions.byId()), 10);
    add(rows, "search", asked.search(warmUp.searches(), questions.searches()), 100);
    if (door.takes(questions.below().getFirst())) {
      add(rows, "{A} >> {B}", asked.search(warmUp.below(), questions.below()), 500);
    }
    if (door.takesRate()) {
      add(rows, "rate() by service", asked.rate(RATES, spansByService), 500);
    }
    for (ServiceQuestion.Kind kind : ServiceQuestion.Kind.values()) {
      List<ServiceQuestion> before = warmUp.ofServices().getOrDefault(kind, List.of());
      List<ServiceQuestion> now = questions.ofServices().getOrDefault(kind, List.of());
      add(rows, OF_SERVICES.getOrDefault(kind, ""), asked.ofServices(before, now), 500);
    }
    return rows;
  }

  private static void add(List<Row> rows, String id, Asked.Answers answers, double goal) {
    String unit = "ms, " + answers.latency().getTotalCount() + " questions";
    for (int percentile : new int[] {50, 95, 99}) {
      Double wanted = percentile == 95 ? goal : null;
      rows.add(
          Row.atMost(id + " p" + percentile, unit, answers.millis(percentile), Map.of(), wanted));
    }
    rows.add(Row.atMost(id + " cpu", "CPU ms a question", answers.cpuMillis(), Map.of(), null));
    say(
        "%s: p95 %.1f ms, %.1f CPU ms; %.1f ms for %s"
            .formatted(
                id,
                answers.millis(95),
                answers.cpuMillis(),
                answers.millis(100),
                answers.slowest()));
  }

  private static double mebi(long bytes) {
    return bytes / (double) (1 << 20);
  }

  private static void say(String line) {
    System.err.println(line);
  }
}
