package dev.sextant.collector.http;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpObject;
import com.linecorp.armeria.common.ResponseHeaders;
import dev.sextant.collector.receive.Outcome;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/**
 * Gathers a body into a {@link BoundedBuffer} and cancels the stream at the first byte too many.
 * The future completes with null where the whole body is in the buffer, else with why not; it fails
 * where the stream does.
 */
final class BodySubscriber implements Subscriber<HttpObject> {
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
    if (done.isDone()) {
      return;
    }
    if (part instanceof HttpData data) {
      byte[] bytes = data.array();
      Outcome refusal = buffer.append(bytes, 0, bytes.length);
      if (refusal != null) {
        cancel();
        done.complete(refusal);
        return;
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
