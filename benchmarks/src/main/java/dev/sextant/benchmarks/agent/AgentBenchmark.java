package dev.sextant.benchmarks.agent;

import dev.sextant.benchmarks.Benchmark;
import dev.sextant.benchmarks.Row;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * How much later a request is answered with the agent than without it, whatever the receiver of its
 * telemetry does. All services run side by side and are asked in turn, so that what disturbs the
 * machine disturbs them alike.
 */
public final class AgentBenchmark implements Benchmark {
  /** No request may be slower by more than this, in milliseconds. */
  private static final double BOUND = 1;

  private final int warmUp = Integer.getInteger("sextant.bench.warm-up-requests", 5_000);
  private final int requests = Integer.getInteger("sextant.bench.requests", 10_000);

  @Override
  public String name() {
    return "agent";
  }

  @Override
  public String summary() {
    return "milliseconds the agent adds to a request: receiver well, absent, hung, answering 429";
  }

  @Override
  public List<Row> run(Options options) throws Exception {
    Path directory = Files.createTempDirectory("sextant-bench");
    try (Receiver taking = Receiver.taking();
        Receiver absent = Receiver.absent();
        Receiver hung = Receiver.hung();
        Receiver refusing = Receiver.refusing();
        Service bare = Service.bare(directory);
        Service well = Service.attached(directory, "well", taking);
        Service alone = Service.attached(directory, "absent", absent);
        Service stuck = Service.attached(directory, "hung", hung);
        Service refused = Service.attached(directory, "429", refusing)) {
      Map<String, Service> attached = new LinkedHashMap<>();
      attached.put("well", well);
      attached.put("absent", alone);
      attached.put("hung", stuck);
      attached.put("429", refused);
      ask(bare, attached, warmUp);
      bare.reset();
      attached.values().forEach(Service::reset);
      ask(bare, attached, requests);
      return rows(bare, attached);
    } finally {
      try (Stream<Path> files = Files.walk(directory)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.deleteIfExists(file);
        }
      }
    }
  }

  private static void ask(Service bare, Map<String, Service> attached, int rounds)
      throws Exception {
    for (int i = 0; i < rounds; i++) {
      bare.ask();
      for (Service service : attached.values()) {
        service.ask();
      }
    }
  }

  private static List<Row> rows(Service bare, Map<String, Service> attached) {
    List<Row> rows = new ArrayList<>();
    for (double percent : new double[] {50, 99, 99.9}) {
      double without = bare.percentile(percent);
      System.err.printf("p%s without the agent: %.3f ms%n", percent, without);
      attached.forEach(
          (receiver, service) ->
              rows.add(
                  Row.atMost(
                      receiver + "-p" + Double.toString(percent).replace(".0", ""),
                      "ms more than without",
                      service.percentile(percent) - without,
                      Map.of(),
                      BOUND)));
    }
    return rows;
  }
}
