package dev.sextant.collector.otlp;

import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.server.ServiceRequestContext;
import dev.sextant.collector.http.BodyHandler;
import dev.sextant.collector.http.BodyLimits;
import dev.sextant.collector.http.BodyMemory;
import dev.sextant.collector.http.BoundedBody;
import dev.sextant.collector.http.BoundedService;
import dev.sextant.collector.http.Coding;
import dev.sextant.collector.receive.Outcome;
import dev.sextant.collector.receive.Tenants;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * One signal's unary {@code Export} over gRPC, on the bytes themselves: the frame is taken off by
 * {@link BoundedBody}, and no message object is made.
 */
final class OtlpGrpcService implements BoundedService {
  private final SignalReceiver receiver;
  private final BoundedBody bodies;
  private final BodyLimits limits;

  OtlpGrpcService(SignalReceiver receiver, BoundedBody bodies, BodyLimits limits) {
    this.receiver = receiver;
    this.bodies = bodies;
    this.limits = limits;
  }

  @Override
  public HttpResponse serve(ServiceRequestContext ctx, HttpRequest request) {
    if (request.method() != HttpMethod.POST) {
      return HttpResponse.of(HttpStatus.METHOD_NOT_ALLOWED);
    }
    if (!isGrpc(request.contentType())) {
      request.abort();
      return HttpResponse.of(
          HttpStatus.UNSUPPORTED_MEDIA_TYPE,
          MediaType.PLAIN_TEXT_UTF_8,
          "this path speaks gRPC only; post OTLP over HTTP to /v1/traces, /v1/metrics or /v1/logs");
    }
    String encoding = request.headers().get("grpc-encoding");
    Coding coding = Coding.of(encoding);
    Outcome refusal =
        coding == null
            ? new Outcome.Unsupported(
                "grpc-encoding '" + encoding + "' is not taken; send gzip, zstd or identity")
            : Tenants.refusal(request.headers());
    if (refusal != null || coding == null) {
      request.abort();
      return OtlpGrpcReply.to(refusal == null ? Outcome.ACCEPTED : refusal);
    }
    return bodies.serve(ctx, request, limits.grpc(coding), new Handler());
  }

  static boolean isGrpc(@Nullable MediaType type) {
    return type != null
        && type.type().equals("application")
        && (type.subtype().equals("grpc") || type.subtype().equals("grpc+proto"));
  }

  private final class Handler implements BodyHandler {
    @Override
    public CompletionStage<HttpResponse> received(ByteBuffer body, BodyMemory.Lease memory) {
      return receiver.receive(Tenants.DEFAULT, body).thenApply(OtlpGrpcReply::to);
    }

    @Override
    public HttpResponse refused(Outcome outcome) {
      return OtlpGrpcReply.to(outcome);
    }
  }
}
