package dev.sextant.collector.http;

import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.server.ServiceRequestContext;
import dev.sextant.collector.receive.Outcome;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Reads bodies, and is the only class that does. A body is bounded as it comes and again while it
 * is decompressed; the memory of all bodies together is bounded too, and stays counted until the
 * request is answered. A {@code Content-Length} beyond the limit is refused before a byte is read,
 * and no length that a body claims of itself is believed. Thread-safe.
 */
public final class BoundedBody {
  private final BodyMemory memory;

  public BoundedBody(BodyMemory memory) {
    this.memory = memory;
  }

  /**
   * Reads a request's body and answers through the handler, on the context's threads for blocking
   * work.
   */
  public HttpResponse serve(
      ServiceRequestContext ctx, HttpRequest request, BodySpec spec, BodyHandler handler) {
    long wireLimit = spec.limit() + (spec.grpc() ? GrpcFrame.HEADER : 0);
    if (request.headers().contentLength() > wireLimit) {
      request.abort();
      return handler.refused(new Outcome.TooLarge(spec.tooLarge("(its Content-Length)")));
    }
    BodyMemory.Lease lease = memory.lease();
    BoundedBuffer wire = new BoundedBuffer(memory, lease, wireLimit, spec.tooLarge("as it comes"));
    wire.expect(request.headers().contentLength());
    BodySubscriber subscriber = new BodySubscriber(wire);
    request.subscribe(subscriber, ctx.eventLoop(), BodySubscriber.POOLED);
    Executor worker = ctx.blockingTaskExecutor();
    CompletionStage<HttpResponse> response =
        subscriber
            .done()
            .thenComposeAsync(refusal -> answer(refusal, spec, wire, lease, handler), worker)
            .whenComplete((r, e) -> lease.close());
    return HttpResponse.of(response);
  }

  /**
   * Reads a stream of gRPC messages and hands them to the handler as they come, in order. Each is
   * bounded as a body is; the stream may be long in bytes and time, but may not rest for longer
   * than 3 minutes.
   *
   * @param spec of one message
   */
  public HttpResponse serveMessages(
      ServiceRequestContext ctx, HttpRequest request, BodySpec spec, MessageHandler handler) {
    MessageStream stream = new MessageStream(ctx, memory, spec, handler);
    request.subscribe(stream, ctx.eventLoop(), BodySubscriber.POOLED);
    return HttpResponse.of(stream.response());
  }

  private CompletionStage<HttpResponse> answer(
      @Nullable Outcome refusal,
      BodySpec spec,
      BoundedBuffer wire,
      BodyMemory.Lease lease,
      BodyHandler handler) {
    if (refusal != null) {
      return CompletableFuture.completedFuture(handler.refused(refusal));
    }
    ByteBuffer raw = wire.view();
    Coding coding = spec.coding();
    if (spec.grpc()) {
      Outcome objection = GrpcFrame.objection(raw, spec);
      if (objection != null) {
        return CompletableFuture.completedFuture(handler.refused(objection));
      }
      coding = GrpcFrame.coding(raw, spec);
      raw = GrpcFrame.message(raw);
    }
    if (coding == Coding.IDENTITY) {
      return handler.received(raw, lease);
    }
    BoundedBuffer body =
        new BoundedBuffer(memory, lease, spec.limit(), spec.tooLarge("after decompression"));
    Outcome broken = Inflation.inflate(coding, raw, body);
    wire.free();
    return broken == null
        ? handler.received(body.view(), lease)
        : CompletableFuture.completedFuture(handler.refused(broken));
  }

  /**
   * Reads what a server that we called answers, decompressed by its {@code Content-Encoding} and
   * bounded the same way. The future fails where the response does.
   */
  public CompletableFuture<Fetched> fetch(HttpResponse response, long limit, String setting) {
    BodyMemory.Lease lease = memory.lease();
    BodySpec spec = new BodySpec(Coding.IDENTITY, false, limit, setting);
    BoundedBuffer wire = new BoundedBuffer(memory, lease, limit, spec.tooLarge("as it comes"));
    BodySubscriber subscriber = new BodySubscriber(wire);
    response.subscribe(subscriber, BodySubscriber.POOLED);
    return subscriber
        .done()
        .thenApply(refusal -> fetched(refusal, subscriber, spec, wire, lease))
        .whenComplete((fetched, e) -> lease.close());
  }

  private Fetched fetched(
      @Nullable Outcome refusal,
      BodySubscriber subscriber,
      BodySpec spec,
      BoundedBuffer wire,
      BodyMemory.Lease lease) {
    ResponseHeaders headers = subscriber.responseHeaders();
    if (headers == null) {
      throw new IllegalStateException("the response ended before its headers");
    }
    if (refusal != null) {
      return new Fetched.Refused(headers, refusal);
    }
    String named = headers.get(HttpHeaderNames.CONTENT_ENCODING);
    Coding coding = Coding.of(named);
    if (coding == null) {
      return new Fetched.Refused(
          headers, new Outcome.Unsupported("Content-Encoding '" + named + "' is not known"));
    }
    if (coding == Coding.IDENTITY) {
      return new Fetched.Whole(headers, wire.view());
    }
    BoundedBuffer body =
        new BoundedBuffer(memory, lease, spec.limit(), spec.tooLarge("after decompression"));
    Outcome broken = Inflation.inflate(coding, wire.view(), body);
    return broken == null
        ? new Fetched.Whole(headers, body.view())
        : new Fetched.Refused(headers, broken);
  }

  /** What a server that we called answered. */
  public sealed interface Fetched {
    ResponseHeaders headers();

    /** The whole body, decompressed. */
    record Whole(ResponseHeaders headers, ByteBuffer body) implements Fetched {}

    /** The body was not taken: too large, or not what its encoding says. */
    record Refused(ResponseHeaders headers, Outcome why) implements Fetched {}
  }
}
