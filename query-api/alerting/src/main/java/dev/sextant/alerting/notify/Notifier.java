package dev.sextant.alerting.notify;

import dev.sextant.alerting.Alert;
import dev.sextant.metrics.model.Labels;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delivers alerts to webhooks: when one begins to fire, when it is resolved, and again while it
 * fires. A delivery that fails is tried again with growing pauses for an hour; what waits is
 * bounded, and a newer state of an alert replaces one that waits. Redirects are not followed, so
 * headers reach no other host. Thread-safe; {@link #deliver()} does the waiting work and is called
 * by one thread.
 */
public final class Notifier {
  private static final Logger LOG = LoggerFactory.getLogger(Notifier.class);
  private static final int MAX_WAITING = 10_000;
  private static final int MAX_REMEMBERED = 500;
  private static final long REPEAT_MILLIS = Duration.ofHours(4).toMillis();
  private static final long FIRST_PAUSE_MILLIS = 1_000;
  private static final long LONGEST_PAUSE_MILLIS = Duration.ofMinutes(5).toMillis();
  private static final long GIVE_UP_MILLIS = Duration.ofHours(1).toMillis();

  private final List<Receiver> receivers;
  private final InstantSource clock;
  private final WebhookJson json;
  private final HttpClient http =
      HttpClient.newBuilder()
          .connectTimeout(Duration.ofSeconds(5))
          .followRedirects(HttpClient.Redirect.NEVER)
          .version(HttpClient.Version.HTTP_1_1)
          .build();

  private record Key(String receiver, Labels labels) {}

  private record Waiting(
      Key key, Receiver receiver, Alert alert, long since, long due, int attempts) {}

  private final PriorityQueue<Waiting> queue =
      new PriorityQueue<>(Comparator.comparingLong(Waiting::due));
  private final Map<Key, Long> sentAt = new HashMap<>();
  private final Deque<Delivery> deliveries = new ArrayDeque<>();
  private @Nullable Key sending;
  private long dropped;

  /**
   * @param externalUrl under which people reach the dashboard, without a slash at its end
   */
  public Notifier(List<Receiver> receivers, String externalUrl, InstantSource clock) {
    this.receivers = List.copyOf(receivers);
    this.clock = clock;
    this.json = new WebhookJson(externalUrl);
  }

  /** An alert began to fire or was resolved. */
  public synchronized void changed(Alert alert) {
    long now = clock.millis();
    for (Receiver receiver : receivers) {
      if (alert.state() == Alert.State.FIRING || receiver.sendResolved()) {
        offer(new Waiting(new Key(receiver.name(), alert.labels()), receiver, alert, now, now, 0));
      }
    }
  }

  /**
   * An alert that an earlier process left. What it may not have told is told again: at least once,
   * rather than never.
   *
   * @param told whether every receiver had taken it
   */
  public synchronized void restore(Alert alert, boolean told) {
    if (alert.state() == Alert.State.PENDING) {
      return;
    }
    if (!told) {
      changed(alert);
    } else if (alert.state() == Alert.State.FIRING) {
      receivers.forEach(
          receiver -> sentAt.put(new Key(receiver.name(), alert.labels()), alert.firedAtMillis()));
    }
  }

  /** Whether nothing about this alert waits for a receiver. */
  public synchronized boolean told(Alert alert) {
    boolean onItsWay = sending != null && sending.labels.equals(alert.labels());
    return !onItsWay
        && queue.stream().noneMatch(waiting -> waiting.key.labels.equals(alert.labels()));
  }

  /** Tells again of alerts that have been firing for four hours since they were last told. */
  public synchronized void repeat(List<Alert> firing, long now) {
    for (Alert alert : firing) {
      for (Receiver receiver : receivers) {
        Key key = new Key(receiver.name(), alert.labels());
        Long last = sentAt.get(key);
        if (last != null && now - last >= REPEAT_MILLIS) {
          sentAt.put(key, now);
          offer(new Waiting(key, receiver, alert, now, now, 0));
        }
      }
    }
  }

  private void offer(Waiting waiting) {
    queue.removeIf(other -> other.key.equals(waiting.key));
    if (queue.size() >= MAX_WAITING) {
      dropped++;
      remember(waiting, Delivery.Outcome.FAILED, MAX_WAITING + " notifications wait already");
      return;
    }
    queue.add(waiting);
  }

  /** Sends what is due, one after another. */
  public void deliver() {
    for (Waiting next = due(); next != null; next = due()) {
      attempt(next);
    }
  }

  private synchronized @Nullable Waiting due() {
    Waiting first = queue.peek();
    Waiting due = first != null && first.due <= clock.millis() ? queue.poll() : null;
    sending = due == null ? null : due.key;
    return due;
  }

  private void attempt(Waiting waiting) {
    String problem;
    boolean again = true;
    try {
      HttpResponse<Void> answer =
          http.send(request(waiting), HttpResponse.BodyHandlers.discarding());
      int status = answer.statusCode();
      if (status / 100 == 2) {
        delivered(waiting, status);
        return;
      }
      problem = "answered " + status;
      again = status == 429 || status >= 500;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      problem = "interrupted";
    } catch (IOException e) {
      problem =
          e.getClass().getSimpleName() + (e.getMessage() == null ? "" : ": " + e.getMessage());
    }
    failed(waiting, problem, again);
  }

  private HttpRequest request(Waiting waiting) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(waiting.receiver.url())
            .timeout(Duration.ofSeconds(10))
            .header("Content-Type", "application/json")
            .header("User-Agent", "Sextant")
            .POST(HttpRequest.BodyPublishers.ofString(json.body(waiting.receiver, waiting.alert)));
    waiting.receiver.headers().forEach(request::header);
    return request.build();
  }

  private synchronized void delivered(Waiting waiting, int status) {
    if (waiting.alert.state() == Alert.State.FIRING) {
      sentAt.put(waiting.key, clock.millis());
    } else {
      sentAt.remove(waiting.key);
    }
    remember(waiting, Delivery.Outcome.DELIVERED, "answered " + status);
  }

  private synchronized void failed(Waiting waiting, String problem, boolean again) {
    long now = clock.millis();
    if (!again || now - waiting.since >= GIVE_UP_MILLIS) {
      dropped++;
      LOG.error(
          "the webhook {} did not take {}: {}",
          waiting.receiver.name(),
          waiting.alert.labels(),
          problem);
      remember(waiting, Delivery.Outcome.FAILED, problem);
      return;
    }
    long pause =
        Math.min(LONGEST_PAUSE_MILLIS, FIRST_PAUSE_MILLIS << Math.min(20, waiting.attempts));
    Waiting later =
        new Waiting(
            waiting.key,
            waiting.receiver,
            waiting.alert,
            waiting.since,
            now + pause,
            waiting.attempts + 1);
    boolean replaced = queue.stream().anyMatch(other -> other.key.equals(waiting.key));
    if (!replaced) {
      queue.add(later);
    }
    remember(waiting, Delivery.Outcome.RETRYING, problem + "; next try in " + pause / 1000 + " s");
  }

  private void remember(Waiting waiting, Delivery.Outcome outcome, String detail) {
    deliveries.addFirst(
        new Delivery(
            clock.millis(),
            waiting.receiver.name(),
            waiting.alert.labels().get("alertname"),
            waiting.alert.state() == Alert.State.RESOLVED,
            outcome,
            detail));
    if (deliveries.size() > MAX_REMEMBERED) {
      deliveries.removeLast();
    }
  }

  /** The latest deliveries, newest first, at most 500. */
  public synchronized List<Delivery> deliveries() {
    return new ArrayList<>(deliveries);
  }

  /** How many notifications were given up. */
  public synchronized long dropped() {
    return dropped;
  }
}
