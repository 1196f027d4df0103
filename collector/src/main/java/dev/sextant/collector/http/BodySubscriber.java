package dev.sextant.collector.http;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpObject;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.common.stream.SubscriptionOption;
import dev.sextant.collector.receive.Outcome;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/**
 * Gathers a body, whose parts come {@linkplain #POOLED pooled}, into a {@link BoundedBuffer} and
 * cancels the stream at the first byte too many. The future completes with null where the whole
 * body is in the buffer, else with why not; it fails where the stream does.
 */
final class BodySubscriber implements Subscriber<HttpObject> {
  /** Parts come as the network filled them, without a copy; each is let go of as it was read. */
  static final SubscriptionOption POOLED = SubscriptionOption.WITH_POOLED_OBJECTS;

  private final BoundedBuffer buffer;
  private final CompletableFuture<@Nullable Outcome> done = new CompletableFuture<>();
  private volatile @Nullable ResponseHeaders responseHeaders;
  private @Nullable Subscription subscription;

  BodySubscriber(BoundedBuffer buffer) {
    this.buffer = buffer;
  }

  CompletableFuture<@Nullable Outcome> done() {
    return done;
  }

  /** Where the stream is a response: its headers, once they came. */
  @Nullable ResponseHeaders responseHeaders() {
    return responseHeaders;
  }

  @Override
  public void onSubscribe(Subscription s) {
    subscription = s;
    s.request(1);
  }

  @Override
  public void onNext(HttpObject part) {
    if (part instanceof HttpData data) {
      try (data) {
        if (done.isDone()) {
          return;
        }
        Outcome refusal = buffer.append(data.byteBuf());
        if (refusal != null) {
          cancel();
          done.complete(refusal);
          return;
        }
      }
    } else if (part instanceof ResponseHeaders headers && !headers.status().isInformational()) {
      responseHeaders = headers;
    }
    if (subscription != null) {
      subscription.request(1);
    }
  }

  private void cancel() {
    if (subscription != null) {
      subscription.cancel();
    }
  }

  @Override
  public void onError(Throwable t) {
    done.completeExceptionally(t);
  }

  @Override
  public void onComplete() {
    done.complete(null);
  }
}
