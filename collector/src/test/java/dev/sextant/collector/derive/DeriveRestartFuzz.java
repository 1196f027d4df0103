package dev.sextant.collector.derive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sextant.collector.fixture.Otlp;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Span.SpanKind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random traces with repeats and late halves, random refusals and crashes: the counts must be those
 * of the distinct spans, and the edges those of a run that never crashed.
 */
class DeriveRestartFuzz {
  private static final DeriveSettings FAST =
      new DeriveSettings(
          Duration.ofSeconds(5),
          Duration.ofSeconds(3),
          Duration.ofHours(1),
          Duration.ofSeconds(60),
          500,
          100,
          10_000,
          3,
          1000,
          10_000,
          100_000);

  @TempDir Path directory;

  static LongStream seeds() {
    return LongStream.range(0, Boolean.getBoolean("sextant.long") ? 200 : 4);
  }

  private record Sent(String service, Span.Builder span, int repeats) {}

  @ParameterizedTest
  @MethodSource("seeds")
  void countsAreExact_whateverIsLost(long seed) throws Exception {
    Random random = new Random(seed);
    Map<String, Long> arrivals = new HashMap<>();
    int distinct = 0;
    try (DeriveFixture crashing = new DeriveFixture(directory.resolve("a"), FAST);
        DeriveFixture steady = new DeriveFixture(directory.resolve("b"), FAST)) {
      List<Sent> waiting = new ArrayList<>();
      for (int step = 0; step < 300; step++) {
        if (random.nextInt(3) > 0) {
          call(random, step, crashing, waiting);
        }
        while (!waiting.isEmpty() && random.nextInt(4) > 0) {
          Sent next = waiting.remove(random.nextInt(waiting.size()));
          distinct += send(next, crashing, steady, arrivals);
          if (next.repeats() > 0) {
            waiting.add(new Sent(next.service(), next.span(), next.repeats() - 1));
          }
        }
        disturb(random, crashing, steady);
      }
      for (Sent rest : waiting) {
        distinct += send(rest, crashing, steady, arrivals);
      }
      end(crashing, steady);
      double calls =
          crashing.newest("traces_spanmetrics_calls_total").values().stream()
              .mapToDouble(Double::doubleValue)
              .sum();
      assertThat(calls).isEqualTo(distinct);
      assertThat(crashing.newest("traces_")).isEqualTo(steady.newest("traces_"));
      assertThat(steady.newest("traces_service_graph_request_total")).hasSizeGreaterThan(3);
    }
  }

  /** Sends to both; 1 where the span did not arrive in the window before, else 0. */
  private static int send(
      Sent sent, DeriveFixture crashing, DeriveFixture steady, Map<String, Long> arrivals) {
    crashing.send(sent.service(), sent.span());
    long second = steady.send(sent.service(), sent.span()).stampMillis() / 1000;
    String key = HexFormat.of().formatHex(sent.span().getSpanId().toByteArray());
    Long before = arrivals.put(key, second);
    return before == null || second - before > FAST.repeatWindow().toSeconds() ? 1 : 0;
  }

  private static void disturb(Random random, DeriveFixture crashing, DeriveFixture steady)
      throws Exception {
    Duration pause = Duration.ofMillis(random.nextInt(700));
    crashing.advance(pause);
    steady.advance(pause);
    if (random.nextInt(4) == 0) {
      crashing.refuse(random.nextInt(5) == 0);
      crashing.tick();
      steady.tick();
    }
    if (random.nextInt(10) == 0) {
      crashing.drain();
    }
    if (random.nextInt(8) == 0) {
      crashing.free();
      crashing.crash();
    }
  }

  private static void end(DeriveFixture crashing, DeriveFixture steady) throws Exception {
    crashing.refuse(false);
    crashing.tick();
    steady.tick();
    crashing.crash();
    crashing.advance(Duration.ofSeconds(30));
    steady.advance(Duration.ofSeconds(30));
    crashing.tick();
    steady.tick();
  }

  private static void call(Random random, int step, DeriveFixture clock, List<Sent> waiting) {
    long trace = step + 1;
    long id = step * 10L + 1;
    String from = "service" + random.nextInt(4);
    String to = "service" + random.nextInt(4);
    boolean message = random.nextInt(5) == 0;
    Span.Builder caller =
        Otlp.span(trace, id, clock.now())
            .setKind(message ? SpanKind.SPAN_KIND_PRODUCER : SpanKind.SPAN_KIND_CLIENT)
            .addAttributes(Otlp.attribute("server.address", "host" + random.nextInt(6)));
    Span.Builder called =
        Otlp.span(trace, id + 1, clock.now())
            .setKind(message ? SpanKind.SPAN_KIND_CONSUMER : SpanKind.SPAN_KIND_SERVER)
            .setParentSpanId(Otlp.id(8, id));
    aside(random, caller, called);
    if (random.nextInt(6) > 0) {
      waiting.add(new Sent(from, caller, random.nextInt(3)));
    }
    if (random.nextInt(6) > 0) {
      waiting.add(new Sent(to, called, random.nextInt(3)));
    }
  }

  /** Makes some of them a proxy's, and some calls one of a database, over a queue, or untold. */
  private static void aside(Random random, Span.Builder caller, Span.Builder called) {
    switch (random.nextInt(6)) {
      case 0 -> caller.addAttributes(Otlp.attribute("db.system", "redis"));
      case 1 ->
          caller.addAttributes(
              Otlp.attribute("messaging.destination.name", "queue" + random.nextInt(6)));
      case 2 ->
          called
              .addAttributes(Otlp.attribute("component", "proxy"))
              .addAttributes(Otlp.attribute("upstream_cluster", "up" + random.nextInt(6)));
      case 3 ->
          caller
              .addAttributes(Otlp.attribute("component", "proxy"))
              .setParentSpanId(Otlp.id(8, 1 + random.nextInt(100) * 10L));
      case 4 -> caller.setKind(SpanKind.SPAN_KIND_INTERNAL);
      default -> {}
    }
  }
}
