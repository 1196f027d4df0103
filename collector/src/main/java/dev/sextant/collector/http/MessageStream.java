package dev.sextant.collector.http;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpObject;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.util.TimeoutMode;
import com.linecorp.armeria.server.ServiceRequestContext;
import dev.sextant.collector.receive.Outcome;
import dev.sextant.collector.receive.Rejections;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/**
 * Hands the messages of a client-streaming gRPC call to a {@link MessageHandler} as they come. A
 * message is bounded as a body is, before and after decompression; the stream is not, but for the
 * messages that have no outcome yet, which are few and whose memory counts with all bodies. Where
 * there is no room for more, the stream is not read on. The handler is called in order; everything
 * else happens on the request's event loop.
 */
final class MessageStream implements Subscriber<HttpObject> {
  /** Messages of one stream that may be without an outcome. */
  private static final int IN_FLIGHT = 64;

  /** How long a stream may send nothing. */
  private static final Duration IDLE = Duration.ofMinutes(3);

  private final ServiceRequestContext ctx;
  private final BodyMemory memory;
  private final BodySpec spec;
  private final MessageHandler handler;
  private final FrameReader frames;
  private final Rejections rejections = new Rejections();
  private final CompletableFuture<HttpResponse> response = new CompletableFuture<>();
  private @Nullable Subscription subscription;
  private @Nullable HttpData part;

  /** What is left of the part. */
  private ByteBuf left = Unpooled.EMPTY_BUFFER;

  private CompletableFuture<Void> turn = CompletableFuture.completedFuture(null);
  private int inFlight;
  private boolean ended;
  private @Nullable Outcome failure;

  MessageStream(
      ServiceRequestContext ctx, BodyMemory memory, BodySpec spec, MessageHandler handler) {
    this.ctx = ctx;
    this.memory = memory;
    this.spec = spec;
    this.handler = handler;
    this.frames = new FrameReader(memory, spec);
  }

  CompletableFuture<HttpResponse> response() {
    return response;
  }

  @Override
  public void onSubscribe(Subscription s) {
    subscription = s;
    s.request(1);
  }

  @Override
  public void onNext(HttpObject object) {
    if (failure != null) {
      if (object instanceof HttpData data) {
        data.close();
      }
      return;
    }
    ctx.setRequestTimeout(TimeoutMode.SET_FROM_NOW, IDLE);
    if (object instanceof HttpData data) {
      part = data;
      left = data.byteBuf();
      advance();
    } else {
      request();
    }
  }

  @Override
  public void onComplete() {
    ended = true;
    advance();
  }

  /** The client is gone, and so is whoever an answer could be for. */
  @Override
  public void onError(Throwable t) {
    ended = true;
    release();
    frames.close();
    response.completeExceptionally(t);
  }

  private void request() {
    if (!ended && subscription != null) {
      subscription.request(1);
    }
  }

  /** Goes on with the part at hand as far as there is room, then asks for the next or answers. */
  private void advance() {
    while (failure == null && part != null && inFlight < IN_FLIGHT) {
      if (!left.isReadable()) {
        release();
        request();
        continue;
      }
      Outcome refusal = frames.read(left);
      if (refusal instanceof Outcome.Throttled && inFlight > 0) {
        return;
      }
      if (refusal != null) {
        fail(refusal);
      } else {
        dispatch(frames.take());
      }
    }
    if ((ended && part == null || failure != null) && inFlight == 0) {
      answer();
    }
  }

  private void dispatch(FrameReader.@Nullable Message message) {
    if (message == null) {
      return;
    }
    inFlight++;
    CompletableFuture<Outcome> outcome = new CompletableFuture<>();
    turn =
        turn.thenRunAsync(
            () ->
                received(message)
                    .whenComplete(
                        (taken, defect) -> {
                          if (defect == null) {
                            outcome.complete(taken);
                          } else {
                            outcome.completeExceptionally(defect);
                          }
                        }),
            ctx.blockingTaskExecutor());
    outcome.whenCompleteAsync((taken, defect) -> done(message, taken, defect), ctx.eventLoop());
  }

  private CompletionStage<Outcome> received(FrameReader.Message message) {
    try {
      if (!message.compressed()) {
        return handler.received(message.view(), message.lease());
      }
      ByteBuffer raw = message.view();
      BoundedBuffer whole =
          new BoundedBuffer(
              memory, message.lease(), spec.limit(), spec.tooLarge("after decompression"));
      Outcome broken = Inflation.inflate(spec.coding(), raw, whole);
      message.bytes().free();
      return broken == null
          ? handler.received(whole.view(), message.lease())
          : CompletableFuture.completedFuture(broken);
    } catch (RuntimeException | Error defect) {
      return CompletableFuture.failedFuture(defect);
    }
  }

  private void done(
      FrameReader.Message message, @Nullable Outcome outcome, @Nullable Throwable defect) {
    message.lease().close();
    inFlight--;
    switch (outcome) {
      case null -> fail(defect);
      case Outcome.Accepted() -> {}
      case Outcome.Partial partial -> rejections.add(partial);
      default -> fail(outcome);
    }
    advance();
  }

  private void fail(@Nullable Throwable defect) {
    response.completeExceptionally(
        defect == null ? new IllegalStateException("a message without an outcome") : defect);
    fail(new Outcome.Invalid("the stream was ended by a defect"));
  }

  private void fail(Outcome outcome) {
    if (failure == null) {
      failure = outcome;
    }
    if (!ended && subscription != null) {
      subscription.cancel();
    }
    release();
    frames.close();
  }

  private void answer() {
    if (response.isDone()) {
      return;
    }
    if (failure == null && frames.isWithinMessage()) {
      fail(new Outcome.Invalid("the stream ends within a gRPC message"));
    }
    response.complete(handler.ended(failure == null ? rejections.outcome() : failure));
  }

  private void release() {
    if (part != null) {
      part.close();
      part = null;
      left = Unpooled.EMPTY_BUFFER;
    }
  }
}
