package dev.sextant.benchmarks.traces;

import dev.sextant.benchmarks.subject.Subject;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Sends a day's spans to a server, sees the day sealed, and meters what it took. */
final class Load {
  private static final Duration LONGEST_SETTLING = Duration.ofMinutes(10);
  private static final Duration LOOK = Duration.ofSeconds(1);

  /** Below this share of a processor a server counts as idle. */
  private static final double IDLE = 0.05;

  /** Traces after midnight: with the first the day is over, by the last its journal can go. */
  private static final int BEHIND = 3;

  private final Landscape landscape;
  private final Day day;
  private final Witness witness;

  Load(Landscape landscape, Day day, Witness witness) {
    this.landscape = landscape;
    this.day = day;
    this.witness = witness;
  }

  /**
   * What the server used.
   *
   * @param spans of the day
   * @param cpu from when it was ready until the day was sealed
   * @param warmSpans those of the second half
   * @param taking of it, what the second half took until it was acknowledged
   * @param sealing of it, what came after the last was acknowledged
   */
  record Cost(long spans, Duration cpu, long warmSpans, Duration taking, Duration sealing) {
    double perMillion() {
      return seconds(cpu) / (spans / 1e6);
    }

    /** The second half's taking, and its share of the sealing. */
    double warmPerMillion() {
      return seconds(taking) / (warmSpans / 1e6) + seconds(sealing) / (spans / 1e6);
    }

    private static double seconds(Duration time) {
      return time.toNanos() / 1e9;
    }
  }

  Cost send(ClockedSubject server) throws IOException, InterruptedException {
    Subject subject = server.subject;
    Instances instances = new Instances(landscape);
    Duration ready = subject.cpu();
    Duration halfCpu = ready;
    long half = 0;
    try (Sender sender = new Sender(server.otlp.resolve("/v1/traces"), "application/x-protobuf")) {
      Exports exports = new Exports(new TraceMaker(landscape, day), day, witness);
      long sent = 0;
      while (exports.hasNext()) {
        Export export = exports.next();
        byte[] body = export.otlp(instances);
        server.set(export.atMillis());
        sender.send(body);
        sent += export.spans().size();
        if (half == 0 && sent >= day.traces() * Day.MEAN / 2) {
          half = sent;
          halfCpu = subject.cpu();
        }
      }
      sender.awaitAll();
      Duration taken = subject.cpu();
      System.err.printf(
          "%,d spans sent, %.1f CPU s per million%n",
          sent, taken.minus(ready).toNanos() / 1e3 / sent);
      behind(server, sender, instances);
      settle(subject);
      Duration sealed = subject.cpu();
      return new Cost(
          sent, sealed.minus(ready), sent - half, taken.minus(halfCpu), sealed.minus(taken));
    }
  }

  private void behind(ClockedSubject server, Sender sender, Instances instances)
      throws IOException, InterruptedException {
    TraceMaker maker = new TraceMaker(landscape, day);
    for (int i = 0; i < BEHIND; i++) {
      MadeTrace trace = maker.make(day.traces() + i);
      Export export =
          new Export(
              day.startNanos(trace.number(), 0) / 1_000_000 + 60_000,
              trace.spans().stream().map(span -> SentSpan.of(trace, span)).toList());
      server.set(export.atMillis());
      sender.send(export.otlp(instances));
      sender.awaitAll();
      // Derivation, commits and merges come by the second.
      TimeUnit.SECONDS.sleep(2);
    }
    server.set(server.millis() + Duration.ofMinutes(5).toMillis());
  }

  /** Waits until a program has nothing left to do. */
  static void settle(Subject subject) throws InterruptedException {
    long end = System.nanoTime() + LONGEST_SETTLING.toNanos();
    int idle = 0;
    for (Duration before = subject.cpu(); idle < 5 && System.nanoTime() < end; ) {
      TimeUnit.NANOSECONDS.sleep(LOOK.toNanos());
      Duration now = subject.cpu();
      idle = now.minus(before).toNanos() < IDLE * LOOK.toNanos() ? idle + 1 : 0;
      before = now;
    }
  }
}
