package dev.sextant.server.http;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.server.DecoratingHttpServiceFunction;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The end of a port under load: running requests are answered, new ones are sent away with 503 and
 * a closed connection. Armeria's own graceful shutdown serves new ones until there is a pause,
 * which senders that never pause do not leave. Thread-safe.
 */
final class Drain implements DecoratingHttpServiceFunction {
  private final AtomicInteger running = new AtomicInteger();
  private final CompletableFuture<Void> idle = new CompletableFuture<>();
  private volatile boolean draining;

  @Override
  public HttpResponse serve(HttpService delegate, ServiceRequestContext ctx, HttpRequest request)
      throws Exception {
    running.incrementAndGet();
    ctx.log().whenComplete().thenRun(this::ended);
    return draining ? refusal() : delegate.serve(ctx, request);
  }

  private static HttpResponse refusal() {
    ResponseHeaders headers =
        ResponseHeaders.builder(HttpStatus.SERVICE_UNAVAILABLE)
            .contentType(MediaType.PLAIN_TEXT_UTF_8)
            .add(HttpHeaderNames.RETRY_AFTER, "1")
            .add(HttpHeaderNames.CONNECTION, "close")
            .build();
    return HttpResponse.of(headers, HttpData.ofUtf8("Sextant is shutting down.\n"));
  }

  private void ended() {
    if (running.decrementAndGet() == 0 && draining) {
      idle.complete(null);
    }
  }

  /** Sends new requests away from now on; running ones have {@code longest} to end. */
  void begin(Duration longest) {
    draining = true;
    if (running.get() == 0) {
      idle.complete(null);
    }
    idle.completeOnTimeout(null, longest.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** Waits until none runs or, from the beginning, their time is over. */
  void await() {
    idle.join();
  }
}
