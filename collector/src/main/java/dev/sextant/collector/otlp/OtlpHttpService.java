package dev.sextant.collector.otlp;

import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.server.ServiceRequestContext;
import dev.sextant.collector.http.BodyHandler;
import dev.sextant.collector.http.BodyLimits;
import dev.sextant.collector.http.BodyMemory;
import dev.sextant.collector.http.BodySpec;
import dev.sextant.collector.http.BoundedBody;
import dev.sextant.collector.http.BoundedService;
import dev.sextant.collector.http.Coding;
import dev.sextant.collector.otlp.json.OtlpJson;
import dev.sextant.collector.receive.Outcome;
import dev.sextant.collector.receive.Tenants;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** One signal over OTLP/HTTP, as protobuf or JSON. */
final class OtlpHttpService implements BoundedService {
  private final Signal signal;
  private final SignalReceiver receiver;
  private final BoundedBody bodies;
  private final BodyLimits limits;

  OtlpHttpService(Signal signal, SignalReceiver receiver, BoundedBody bodies, BodyLimits limits) {
    this.signal = signal;
    this.receiver = receiver;
    this.bodies = bodies;
    this.limits = limits;
  }

  @Override
  public HttpResponse serve(ServiceRequestContext ctx, HttpRequest request) {
    MediaType type = request.contentType();
    boolean json = type != null && type.belongsTo(MediaType.JSON);
    OtlpHttpReply reply = new OtlpHttpReply(signal, json);
    if (request.method() != HttpMethod.POST) {
      return reply.methodNotAllowed();
    }
    Coding coding = Coding.of(request.headers().get(HttpHeaderNames.CONTENT_ENCODING));
    Outcome refusal = refusal(request, type, json, coding);
    if (refusal != null || coding == null) {
      request.abort();
      return reply.to(refusal == null ? Outcome.ACCEPTED : refusal);
    }
    return bodies.serve(ctx, request, limits.http(coding), handler(json, reply));
  }

  private @Nullable Outcome refusal(
      HttpRequest request, @Nullable MediaType type, boolean json, @Nullable Coding coding) {
    if (!json && !isProtobuf(type)) {
      return new Outcome.Unsupported(
          "Content-Type '"
              + (type == null ? "" : type)
              + "' is not taken; send application/x-protobuf or application/json");
    }
    if (coding == null || coding == Coding.SNAPPY) {
      return new Outcome.Unsupported(
          "Content-Encoding '"
              + request.headers().get(HttpHeaderNames.CONTENT_ENCODING)
              + "' is not taken; send gzip, zstd, deflate or none");
    }
    return Tenants.refusal(request.headers());
  }

  private static boolean isProtobuf(@Nullable MediaType type) {
    return type != null
        && type.type().equals("application")
        && (type.subtype().equals("x-protobuf") || type.subtype().equals("protobuf"));
  }

  private BodyHandler handler(boolean json, OtlpHttpReply reply) {
    return new BodyHandler() {
      @Override
      public CompletionStage<HttpResponse> received(ByteBuffer body, BodyMemory.Lease memory) {
        if (!json) {
          return receiver.receive(Tenants.DEFAULT, body).thenApply(reply::to);
        }
        BodySpec spec = limits.http(Coding.IDENTITY);
        return switch (OtlpJson.toProtobuf(
            signal.json(), body, (int) spec.limit(), spec.setting(), memory)) {
          case OtlpJson.Transcoded.Protobuf(ByteBuffer bytes) ->
              receiver.receive(Tenants.DEFAULT, bytes).thenApply(reply::to);
          case OtlpJson.Transcoded.Refused(Outcome why) ->
              CompletableFuture.completedFuture(reply.to(why));
        };
      }

      @Override
      public HttpResponse refused(Outcome outcome) {
        return reply.to(outcome);
      }
    };
  }
}
