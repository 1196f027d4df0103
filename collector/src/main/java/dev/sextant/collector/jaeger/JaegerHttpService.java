package dev.sextant.collector.jaeger;

import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.server.ServiceRequestContext;
import dev.sextant.collector.http.BodyHandler;
import dev.sextant.collector.http.BodyLimits;
import dev.sextant.collector.http.BodyMemory;
import dev.sextant.collector.http.BoundedBody;
import dev.sextant.collector.http.BoundedService;
import dev.sextant.collector.http.Coding;
import dev.sextant.collector.receive.LossCounter;
import dev.sextant.collector.receive.Outcome;
import dev.sextant.collector.receive.Rejections;
import dev.sextant.collector.receive.Tenants;
import dev.sextant.storage.otlp.Slice;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** {@code POST /api/traces?format=jaeger.thrift}: one batch in thrift's binary protocol. */
final class JaegerHttpService implements BoundedService {
  private static final String FORMAT = "jaeger.thrift";

  private final JaegerReceiver receiver;
  private final BoundedBody bodies;
  private final BodyLimits limits;
  private final LossCounter losses;

  JaegerHttpService(
      JaegerReceiver receiver, BoundedBody bodies, BodyLimits limits, LossCounter losses) {
    this.receiver = receiver;
    this.bodies = bodies;
    this.limits = limits;
    this.losses = losses;
  }

  @Override
  public HttpResponse serve(ServiceRequestContext ctx, HttpRequest request) {
    if (request.method() != HttpMethod.POST) {
      return JaegerHttpReply.methodNotAllowed();
    }
    Coding coding = Coding.of(request.headers().get(HttpHeaderNames.CONTENT_ENCODING));
    Outcome refusal = refusal(ctx, request, coding);
    if (refusal != null || coding == null) {
      request.abort();
      return reply(refusal == null ? Outcome.ACCEPTED : refusal);
    }
    return bodies.serve(ctx, request, limits.http(coding), new Handler());
  }

  private static @Nullable Outcome refusal(
      ServiceRequestContext ctx, HttpRequest request, @Nullable Coding coding) {
    String format = ctx.queryParams().get("format", FORMAT);
    if (!format.equals(FORMAT)) {
      return new Outcome.Invalid(
          "the format '"
              + Rejections.shortened(format)
              + "' is not taken; send "
              + FORMAT
              + ", or Zipkin's formats to Zipkin's paths");
    }
    if (!isThrift(request.contentType())) {
      return new Outcome.Unsupported(
          "Content-Type '"
              + request.headers().get(HttpHeaderNames.CONTENT_TYPE, "")
              + "' is not taken; send application/x-thrift");
    }
    if (coding == null || coding == Coding.SNAPPY) {
      return new Outcome.Unsupported(
          "Content-Encoding '"
              + request.headers().get(HttpHeaderNames.CONTENT_ENCODING)
              + "' is not taken; send gzip, zstd, deflate or none");
    }
    return Tenants.refusal(request.headers());
  }

  private static boolean isThrift(@Nullable MediaType type) {
    return type != null
        && type.type().equals("application")
        && (type.subtype().equals("x-thrift") || type.subtype().equals("vnd.apache.thrift.binary"));
  }

  private HttpResponse reply(Outcome outcome) {
    return JaegerHttpReply.to(losses.counted(outcome));
  }

  private final class Handler implements BodyHandler {
    @Override
    public CompletionStage<HttpResponse> received(ByteBuffer body, BodyMemory.Lease memory) {
      return receiver
          .receive(Slice.of(body), ThriftBatch::read, new TagMemory(memory))
          .thenApply(JaegerHttpService.this::reply);
    }

    @Override
    public HttpResponse refused(Outcome outcome) {
      return reply(outcome);
    }
  }
}
