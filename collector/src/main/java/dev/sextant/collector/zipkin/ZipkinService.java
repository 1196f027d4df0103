package dev.sextant.collector.zipkin;

import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.Route;
import com.linecorp.armeria.server.ServiceRequestContext;
import dev.sextant.collector.http.BodyHandler;
import dev.sextant.collector.http.BodyLimits;
import dev.sextant.collector.http.BodyMemory;
import dev.sextant.collector.http.BoundedBody;
import dev.sextant.collector.http.BoundedService;
import dev.sextant.collector.http.Coding;
import dev.sextant.collector.otlp.SpanReceiver;
import dev.sextant.collector.receive.LossCounter;
import dev.sextant.collector.receive.Outcome;
import dev.sextant.collector.receive.Tenants;
import java.nio.ByteBuffer;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Takes {@code POST /zipkin/api/v1/spans} and {@code v2}, in the format of the content type. */
public final class ZipkinService implements BoundedService {
  private final int version;
  private final ZipkinReceiver receiver;
  private final BoundedBody bodies;
  private final BodyLimits limits;
  private final LossCounter losses;

  private ZipkinService(
      int version,
      ZipkinReceiver receiver,
      BoundedBody bodies,
      BodyLimits limits,
      LossCounter losses) {
    this.version = version;
    this.receiver = receiver;
    this.bodies = bodies;
    this.limits = limits;
    this.losses = losses;
  }

  /**
   * Both versions' routes.
   *
   * @param spanBytes how long one span may be
   * @param losses counts what was not kept
   */
  public static Map<Route, HttpService> routes(
      SpanReceiver spans,
      BoundedBody bodies,
      BodyLimits limits,
      int spanBytes,
      InstantSource clock,
      LossCounter losses) {
    ZipkinReceiver receiver = new ZipkinReceiver(spans, ZipkinLimits.of(limits, spanBytes), clock);
    return Map.of(
        route(1), new ZipkinService(1, receiver, bodies, limits, losses),
        route(2), new ZipkinService(2, receiver, bodies, limits, losses));
  }

  /** POST alone: the same path of version 2 answers names of spans by GET. */
  private static Route route(int version) {
    return Route.builder()
        .path("/zipkin/api/v" + version + "/spans")
        .methods(HttpMethod.POST)
        .build();
  }

  @Override
  public HttpResponse serve(ServiceRequestContext ctx, HttpRequest request) {
    ZipkinFormat format = ZipkinFormat.of(version, request.contentType());
    Coding coding = Coding.of(request.headers().get(HttpHeaderNames.CONTENT_ENCODING));
    if (format == null || coding == null) {
      request.abort();
      return reply(new Outcome.Unsupported(unsupported(request, format)));
    }
    Outcome refusal = Tenants.refusal(request.headers());
    if (refusal != null) {
      request.abort();
      return reply(refusal);
    }
    return bodies.serve(ctx, request, limits.http(coding), new Handler(format));
  }

  private String unsupported(HttpRequest request, @Nullable ZipkinFormat format) {
    if (format == null) {
      return "Content-Type '%s' is not taken; send application/json or %s"
          .formatted(
              request.contentType(),
              version == 1 ? "application/x-thrift" : "application/x-protobuf");
    }
    return "Content-Encoding '%s' is not taken; send gzip or none"
        .formatted(request.headers().get(HttpHeaderNames.CONTENT_ENCODING));
  }

  private HttpResponse reply(Outcome outcome) {
    return ZipkinReply.to(losses.counted(outcome));
  }

  private final class Handler implements BodyHandler {
    private final ZipkinFormat format;

    Handler(ZipkinFormat format) {
      this.format = format;
    }

    @Override
    public CompletionStage<HttpResponse> received(ByteBuffer body, BodyMemory.Lease memory) {
      return receiver
          .receive(Tenants.DEFAULT, body, format, memory)
          .thenApply(ZipkinService.this::reply);
    }

    @Override
    public HttpResponse refused(Outcome outcome) {
      return reply(outcome);
    }
  }
}
