package dev.sextant.agent.core.telemetry;

import dev.sextant.agent.core.context.Suppression;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.common.export.HttpResponse;
import io.opentelemetry.sdk.common.export.HttpSender;
import io.opentelemetry.sdk.common.export.HttpSenderConfig;
import io.opentelemetry.sdk.common.export.MessageWriter;
import io.opentelemetry.sdk.common.export.RetryPolicy;
import java.io.IOException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Sends OTLP requests one after the other on one daemon thread, with retries as the OTLP
 * specification has them: after connection errors and after 429, 502, 503 and 504, honouring {@code
 * Retry-After} up to the policy's longest wait.
 *
 * <p>At most {@value #WAITING} requests wait; more are refused at once. No thread of the
 * application ever waits here.
 */
final class UrlConnectionSender implements HttpSender {
  private static final int WAITING = 2;
  private static final Object CLOSING = new Object();
  private static boolean closing;

  private final UrlConnectionRequest request;
  private final @Nullable RetryPolicy retries;
  private final ThreadPoolExecutor worker;

  UrlConnectionSender(HttpSenderConfig config) {
    this.request = new UrlConnectionRequest(config);
    this.retries = config.getRetryPolicy();
    String path = config.getEndpoint().getPath();
    String name = "sextant-agent-otlp" + path.replace('/', '-');
    this.worker =
        new ThreadPoolExecutor(
            1,
            1,
            10,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(WAITING),
            task -> {
              Thread thread = new Thread(null, task, name, 0);
              thread.setDaemon(true);
              thread.setContextClassLoader(null);
              return thread;
            });
    worker.allowCoreThreadTimeOut(true);
  }

  /** The JVM is about to exit: what fails now is not tried again. */
  static void stopRetrying() {
    synchronized (CLOSING) {
      closing = true;
      CLOSING.notifyAll();
    }
  }

  @Override
  public void send(
      MessageWriter message, Consumer<HttpResponse> onResponse, Consumer<Throwable> onError) {
    try {
      worker.execute(() -> Suppression.run(() -> attempt(message, onResponse, onError)));
    } catch (RejectedExecutionException busy) {
      onError.accept(new IOException("the previous exports are still under way", busy));
    }
  }

  private void attempt(
      MessageWriter message, Consumer<HttpResponse> onResponse, Consumer<Throwable> onError) {
    int attempts = retries == null ? 1 : retries.getMaxAttempts();
    double backoff = retries == null ? 0 : retries.getInitialBackoff().toMillis();
    for (int attempt = 1; ; attempt++) {
      long wait;
      try {
        UrlConnectionRequest.Response response = request.send(message);
        if (!response.isRetryable() || attempt >= attempts) {
          onResponse.accept(response);
          return;
        }
        wait = Math.max((long) backoff, response.retryAfterMillis());
        if (!pause(wait)) {
          onResponse.accept(response);
          return;
        }
      } catch (IOException failure) {
        if (attempt >= attempts || !pause((long) backoff)) {
          onError.accept(failure);
          return;
        }
      } catch (Throwable failure) {
        onError.accept(failure);
        return;
      }
      backoff = nextBackoff(backoff);
    }
  }

  private double nextBackoff(double backoff) {
    return retries == null
        ? backoff
        : Math.min(backoff * retries.getBackoffMultiplier(), retries.getMaxBackoff().toMillis());
  }

  /** Returns false if there is no point in trying again. */
  private boolean pause(long millis) {
    long longest = retries == null ? millis : retries.getMaxBackoff().toMillis();
    long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(Math.min(millis, longest));
    synchronized (CLOSING) {
      for (long left = until - System.nanoTime();
          left > 0 && !closing;
          left = until - System.nanoTime()) {
        try {
          TimeUnit.NANOSECONDS.timedWait(CLOSING, left);
        } catch (InterruptedException interrupted) {
          Thread.currentThread().interrupt();
          return false;
        }
      }
      return !closing;
    }
  }

  @Override
  public CompletableResultCode shutdown() {
    worker.shutdown();
    return CompletableResultCode.ofSuccess();
  }
}
