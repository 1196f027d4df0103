package dev.sextant.benchmarks.traces;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.sextant.benchmarks.Row;
import dev.sextant.benchmarks.subject.Subject;
import dev.sextant.benchmarks.subject.Subjects;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What the first million spans cost our server, on disk and sealed, and Zipkin's, in memory: both
 * new processes, so that compiling at run time is in both figures.
 */
final class PeerRow {
  private static final long SPANS = 1_000_000;

  private PeerRow() {}

  static Row measure(Landscape landscape, Path directory, List<String> flags)
      throws IOException, InterruptedException {
    Day day = Day.of(SPANS);
    double ours;
    Path own = Files.createDirectories(directory.resolve("first-million"));
    try (ClockedSubject server = ClockedSubject.start(own, day.startMillis(), flags)) {
      ours = new Load(landscape, day, new Witness()).send(server).perMillion();
    }
    double zipkin = zipkin(landscape, day, Files.createDirectories(directory.resolve("zipkin")));
    System.err.printf("the first million: ours %.1f, Zipkin %.1f CPU s%n", ours, zipkin);
    return Row.atMost(
        "cpu of the first million",
        "CPU s per million spans",
        ours,
        Map.of("Zipkin, in memory", zipkin),
        zipkin);
  }

  private static double zipkin(Landscape landscape, Day day, Path directory)
      throws IOException, InterruptedException {
    try (Subject subject = Subjects.zipkin(directory);
        Sender sender =
            new Sender(subject.address().resolve("/api/v2/spans"), "application/json")) {
      Duration ready = subject.cpu();
      Exports exports = new Exports(new TraceMaker(landscape, day), day, trace -> {});
      long sent = 0;
      while (exports.hasNext()) {
        Export export = exports.next();
        sender.send(ZipkinJson.of(export));
        sent += export.spans().size();
      }
      sender.awaitAll();
      Load.settle(subject);
      requireAll(subject, sent);
      return subject.cpu().minus(ready).toNanos() / 1e3 / sent;
    }
  }

  /** It answers before it stores, so what it counted is held against what was sent. */
  private static void requireAll(Subject zipkin, long sent)
      throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest request = HttpRequest.newBuilder(zipkin.address().resolve("/metrics")).build();
      JsonNode counters =
          JsonMapper.builder()
              .build()
              .readTree(client.send(request, HttpResponse.BodyHandlers.ofByteArray()).body());
      long taken = counters.path("counter.zipkin_collector.spans.http").asLong();
      long dropped = counters.path("counter.zipkin_collector.spans_dropped.http").asLong();
      if (taken != sent || dropped > 0) {
        throw new IOException(
            "Zipkin took %d of %d spans and dropped %d".formatted(taken, sent, dropped));
      }
    }
  }
}
