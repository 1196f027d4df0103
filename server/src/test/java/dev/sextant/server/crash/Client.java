package dev.sextant.server.crash;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.BooleanSupplier;

/**
 * Sends batches one after another, as an exporter does: what was not answered it sends again after
 * the server is back, or gives up, as its random numbers say. Now and then it repeats a batch that
 * was answered. For one thread at a time.
 */
final class Client {
  private static final int REMEMBERED = 40;
  private static final double REPEAT_UNANSWERED = 0.7;
  private static final double REPEAT_ANSWERED = 0.05;

  private final int id;
  private final Content content;
  private final boolean repeatsAnswered;
  private final Ledger ledger;
  private final Random random;
  private final Http http = new Http();
  private final List<Batch> answered = new ArrayList<>();
  private List<Batch> unanswered = List.of();
  private int number;
  private long timeMillis;

  /**
   * A client that has not sent anything.
   *
   * @param repeatsAnswered whether it may repeat batches that newer ones followed
   */
  Client(int id, Content content, boolean repeatsAnswered, Ledger ledger, long seed) {
    this.id = id;
    this.content = content;
    this.repeatsAnswered = repeatsAnswered;
    this.ledger = ledger;
    this.random = new Random(seed);
  }

  /** Sends until told to stop or the server is gone; the answer is what went wrong, or empty. */
  String send(URI otlp, BooleanSupplier stopped) throws InterruptedException {
    URI to = otlp.resolve(content.path());
    while (!stopped.getAsBoolean()) {
      Batch batch = next();
      ledger.sent(batch);
      unanswered = List.of(batch);
      Http.Answer answer;
      try {
        answer = http.post(to, content.body(batch));
      } catch (IOException gone) {
        return "";
      }
      switch (answer.status()) {
        case 200 -> {
          if (answer.body().length > 0) {
            return "rows of " + batch + " were refused: " + new String(answer.body());
          }
          acknowledged(batch);
        }
        case 429, 503 -> {}
        default ->
            throw new AssertionError(
                to + " answered " + answer.status() + ": " + new String(answer.body()));
      }
    }
    return "";
  }

  private void acknowledged(Batch batch) {
    ledger.acknowledged(batch);
    unanswered = List.of();
    answered.add(batch);
    if (answered.size() > REMEMBERED) {
      answered.removeFirst();
    }
  }

  private Batch next() {
    if (!unanswered.isEmpty() && random.nextDouble() < REPEAT_UNANSWERED) {
      return unanswered.getFirst();
    }
    if (repeatsAnswered && !answered.isEmpty() && random.nextDouble() < REPEAT_ANSWERED) {
      return answered.get(random.nextInt(answered.size()));
    }
    timeMillis = Math.max(timeMillis + Samples.POINTS, System.currentTimeMillis());
    return new Batch(id, number++, timeMillis);
  }
}
