package dev.sextant.benchmarks.traces;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/** Posts bodies as fast as they are acknowledged, a few at a time, in order. For one thread. */
final class Sender implements AutoCloseable {
  private static final int IN_FLIGHT = 4;
  private static final Duration PAUSE = Duration.ofMillis(20);

  private final URI to;
  private final String type;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final Deque<CompletableFuture<Boolean>> inFlight = new ArrayDeque<>();
  private final Deque<HttpRequest> requests = new ArrayDeque<>();

  Sender(URI to, String type) {
    this.to = to;
    this.type = type;
  }

  /** Waits until there is room, then sends. */
  void send(byte[] body) throws IOException, InterruptedException {
    while (inFlight.size() >= IN_FLIGHT) {
      awaitOldest();
    }
    post(
        HttpRequest.newBuilder(to)
            .timeout(Duration.ofSeconds(60))
            .header("Content-Type", type)
            .POST(HttpRequest.BodyPublishers.ofByteArray(body))
            .build());
  }

  /** Waits until all that was sent is acknowledged. */
  void awaitAll() throws IOException, InterruptedException {
    while (!inFlight.isEmpty()) {
      awaitOldest();
    }
  }

  private void post(HttpRequest request) {
    requests.add(request);
    inFlight.add(
        client
            .sendAsync(request, HttpResponse.BodyHandlers.ofByteArray())
            .thenApply(this::isTaken));
  }

  private void awaitOldest() throws IOException, InterruptedException {
    HttpRequest request = requests.remove();
    try {
      if (!inFlight.remove().join()) {
        TimeUnit.NANOSECONDS.sleep(PAUSE.toNanos());
        post(request);
      }
    } catch (CompletionException e) {
      throw new IOException("a sender gave up", e.getCause());
    }
  }

  private boolean isTaken(HttpResponse<byte[]> answer) {
    return switch (answer.statusCode()) {
      case 200, 202, 204 -> {
        if (answer.body().length > 0) {
          throw refused(answer);
        }
        yield true;
      }
      case 429, 503 -> false;
      default -> throw refused(answer);
    };
  }

  private CompletionException refused(HttpResponse<byte[]> answer) {
    String said = new String(answer.body(), StandardCharsets.UTF_8);
    return new CompletionException(
        new IOException("%s answered %d: %s".formatted(to, answer.statusCode(), said)));
  }

  @Override
  public void close() {
    client.close();
  }
}
