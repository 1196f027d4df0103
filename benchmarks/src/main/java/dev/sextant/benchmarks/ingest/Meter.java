package dev.sextant.benchmarks.ingest;

import dev.sextant.benchmarks.subject.Subject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Sends traffic as fast as it is acknowledged, from a few connections, and meters the receiving
 * process meanwhile. Only acknowledged rows count, and only the receiver's processor time.
 */
final class Meter {
  private static final int SENDERS = 4;
  private static final Duration PAUSE = Duration.ofMillis(20);

  private final Duration warmUp;
  private final Duration warmUpCpu;
  private final Duration time;

  /**
   * A meter that leaves out what happens in the first {@code warmUp}, and until the receiver has
   * used {@code warmUpCpu} of processor time: on a busy machine it takes longer to be warm.
   */
  Meter(Duration warmUp, Duration warmUpCpu, Duration time) {
    this.warmUp = warmUp;
    this.warmUpCpu = warmUpCpu;
    this.time = time;
  }

  /** Rows that were acknowledged, and the processor time they took. */
  record Reading(long rows, Duration cpu) {
    double perCpuSecond() {
      return rows / (cpu.toNanos() / 1e9);
    }
  }

  /**
   * Meters one program.
   *
   * @throws IOException where it answers anything but success or a request to come back later
   */
  Reading measure(Subject subject, Traffic traffic) throws IOException, InterruptedException {
    Senders senders = new Senders(subject.address().resolve(traffic.path()), traffic);
    try (ExecutorService threads = Executors.newFixedThreadPool(SENDERS);
        HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
      List<Future<?>> running = new ArrayList<>();
      for (int i = 0; i < SENDERS; i++) {
        int first = i;
        running.add(
            threads.submit(
                () -> {
                  senders.send(client, first);
                  return null;
                }));
      }
      senders.await(running, warmUp);
      while (subject.cpu().compareTo(warmUpCpu) < 0) {
        senders.await(running, Duration.ofSeconds(1));
      }
      long rows = senders.rows();
      Duration cpu = subject.cpu();
      senders.await(running, time);
      Reading reading = new Reading(senders.rows() - rows, subject.cpu().minus(cpu));
      senders.stopped = true;
      return reading;
    }
  }

  private static final class Senders {
    private final URI to;
    private final Traffic traffic;
    private final AtomicLong acknowledged = new AtomicLong();
    private volatile boolean stopped;

    Senders(URI to, Traffic traffic) {
      this.to = to;
      this.traffic = traffic;
    }

    long rows() {
      return acknowledged.get() * traffic.rows();
    }

    /**
     * Sends every {@link #SENDERS}th request from the first on, so that a series' samples stay in
     * order.
     */
    void send(HttpClient client, int first) throws IOException, InterruptedException {
      for (long number = first; !stopped; number += SENDERS) {
        HttpRequest request = request(traffic.request(number));
        while (!stopped && !taken(client, request)) {
          TimeUnit.NANOSECONDS.sleep(PAUSE.toNanos());
        }
      }
    }

    private HttpRequest request(byte[] body) {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(to)
              .timeout(Duration.ofSeconds(60))
              .header("Content-Type", traffic.type())
              .POST(HttpRequest.BodyPublishers.ofByteArray(body));
      if (!traffic.encoding().equals("identity")) {
        request.header("Content-Encoding", traffic.encoding());
      }
      return request.build();
    }

    private boolean taken(HttpClient client, HttpRequest request)
        throws IOException, InterruptedException {
      HttpResponse<byte[]> answer = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
      return switch (answer.statusCode()) {
        case 200, 202, 204 -> {
          if (answer.body().length > 0) {
            throw refused(answer);
          }
          acknowledged.incrementAndGet();
          yield true;
        }
        case 429, 503 -> false;
        default -> throw refused(answer);
      };
    }

    private IOException refused(HttpResponse<byte[]> answer) {
      return new IOException(
          "%s answered %d: %s"
              .formatted(
                  to, answer.statusCode(), new String(answer.body(), StandardCharsets.UTF_8)));
    }

    /** Waits for so long; ends early, with its reason, where a sender ended. */
    private void await(List<Future<?>> running, Duration time)
        throws IOException, InterruptedException {
      long end = System.nanoTime() + time.toNanos();
      for (long left = time.toNanos(); left > 0; left = end - System.nanoTime()) {
        TimeUnit.NANOSECONDS.sleep(Math.min(left, 200_000_000));
        for (Future<?> sender : running) {
          if (sender.isDone()) {
            stopped = true;
            throw new IOException("a sender gave up", reason(sender));
          }
        }
      }
    }

    private static Throwable reason(Future<?> sender) throws InterruptedException {
      try {
        sender.get();
        return new IllegalStateException("it was not told to stop");
      } catch (ExecutionException e) {
        return e.getCause() == null ? e : e.getCause();
      }
    }
  }
}
