package dev.sextant.benchmarks.promql;

import dev.sextant.benchmarks.subject.Subject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/** Loads one program with the series and asks it questions, one at a time. For one thread. */
final class Asker implements AutoCloseable {
  private static final Duration LONGEST_SETTLING = Duration.ofMinutes(3);
  private static final Duration LOOK = Duration.ofSeconds(1);

  /** Below this share of a processor a program counts as idle. */
  private static final double IDLE = 0.05;

  private final Subject subject;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  Asker(Subject subject) {
    this.subject = subject;
  }

  /** What one question cost so far. */
  static final class Cost {
    private final Histogram latency = new Histogram(TimeUnit.MINUTES.toNanos(2), 3);
    private Duration cpu = Duration.ZERO;

    double cpuMillis() {
      return cpu.toNanos() / 1e6 / latency.getTotalCount();
    }

    double latencyMillis(double percentile) {
      return latency.getValueAtPercentile(percentile) / 1e6;
    }

    long queries() {
      return latency.getTotalCount();
    }
  }

  void load(ShopSeries series) throws IOException, InterruptedException {
    for (int round = 0; round < ShopSeries.ROUNDS; round++) {
      HttpRequest request =
          HttpRequest.newBuilder(subject.address().resolve("/api/v1/write"))
              .header("Content-Type", "application/x-protobuf")
              .header("Content-Encoding", "snappy")
              .POST(HttpRequest.BodyPublishers.ofByteArray(series.request(round)))
              .build();
      HttpResponse<byte[]> answer = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
      if (answer.statusCode() == 429 || answer.statusCode() == 503) {
        TimeUnit.MILLISECONDS.sleep(100);
        round--;
      } else if (answer.statusCode() / 100 != 2) {
        throw refused(request.uri(), answer);
      }
    }
  }

  /** Waits until the program has done what it does after a load: compaction, commits. */
  void settle() throws InterruptedException {
    long end = System.nanoTime() + LONGEST_SETTLING.toNanos();
    int idle = 0;
    for (Duration before = subject.cpu(); idle < 5 && System.nanoTime() < end; ) {
      TimeUnit.NANOSECONDS.sleep(LOOK.toNanos());
      Duration now = subject.cpu();
      idle = now.minus(before).toNanos() < IDLE * LOOK.toNanos() ? idle + 1 : 0;
      before = now;
    }
  }

  /** Asks again and again for some time and so many times at least. */
  void ask(Question question, long endMillis, Duration time, int times, Cost cost)
      throws IOException, InterruptedException {
    URI uri = subject.address().resolve(question.path(endMillis));
    HttpRequest request = HttpRequest.newBuilder(uri).timeout(Duration.ofMinutes(2)).build();
    Duration before = subject.cpu();
    long end = System.nanoTime() + time.toNanos();
    do {
      long start = System.nanoTime();
      HttpResponse<byte[]> answer = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
      cost.latency.recordValue(System.nanoTime() - start);
      if (answer.statusCode() != 200) {
        throw refused(uri, answer);
      }
    } while (System.nanoTime() < end || cost.queries() < times);
    cost.cpu = cost.cpu.plus(subject.cpu().minus(before));
  }

  /** The answer to a question. */
  byte[] answer(Question question, long endMillis) throws IOException, InterruptedException {
    URI uri = subject.address().resolve(question.path(endMillis));
    HttpResponse<byte[]> answer =
        client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofByteArray());
    if (answer.statusCode() != 200) {
      throw refused(uri, answer);
    }
    return answer.body();
  }

  private static IOException refused(URI uri, HttpResponse<byte[]> answer) {
    return new IOException(
        "%s answered %d: %s"
            .formatted(
                uri, answer.statusCode(), new String(answer.body(), StandardCharsets.UTF_8)));
  }

  @Override
  public void close() {
    client.close();
    subject.close();
  }
}
