package dev.sextant.collector.remotewrite;

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
import dev.sextant.collector.receive.Outcome;
import dev.sextant.collector.receive.Tenants;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Takes {@code POST /api/v1/write}: a {@code prometheus.WriteRequest} in a block of Snappy. */
public final class RemoteWriteService implements BoundedService {
  private static final String V2 = "io.prometheus.write.v2.Request";

  private final RemoteWriteReceiver receiver;
  private final BoundedBody bodies;
  private final BodyLimits limits;

  public RemoteWriteService(RemoteWriteReceiver receiver, BoundedBody bodies, BodyLimits limits) {
    this.receiver = receiver;
    this.bodies = bodies;
    this.limits = limits;
  }

  @Override
  public HttpResponse serve(ServiceRequestContext ctx, HttpRequest request) {
    if (request.method() != HttpMethod.POST) {
      return RemoteWriteReply.methodNotAllowed();
    }
    Outcome refusal = refusal(request);
    if (refusal != null) {
      request.abort();
      return RemoteWriteReply.to(refusal);
    }
    return bodies.serve(ctx, request, limits.http(Coding.SNAPPY), new Handler());
  }

  private static @Nullable Outcome refusal(HttpRequest request) {
    MediaType type = request.contentType();
    if (type != null && type.toString().contains(V2)) {
      return new Outcome.Unsupported(
          "remote write 2.0 ("
              + V2
              + ") is not taken; send 1.0, prometheus.WriteRequest: in Prometheus, leave"
              + " protobuf_message of remote_write at its default");
    }
    if (type != null && !type.subtype().equals("x-protobuf")) {
      return new Outcome.Unsupported(
          "Content-Type '" + type + "' is not taken; send application/x-protobuf");
    }
    String encoding = request.headers().get(HttpHeaderNames.CONTENT_ENCODING);
    if (encoding != null && Coding.of(encoding) != Coding.SNAPPY) {
      return new Outcome.Unsupported(
          "Content-Encoding '" + encoding + "' is not taken; remote write 1.0 is snappy");
    }
    return Tenants.refusal(request.headers());
  }

  private final class Handler implements BodyHandler {
    @Override
    public CompletionStage<HttpResponse> received(ByteBuffer body, BodyMemory.Lease memory) {
      return receiver.receive(Tenants.DEFAULT, body).thenApply(RemoteWriteReply::to);
    }

    @Override
    public HttpResponse refused(Outcome outcome) {
      return RemoteWriteReply.to(outcome);
    }
  }
}
