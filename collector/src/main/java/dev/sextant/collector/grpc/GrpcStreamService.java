package dev.sextant.collector.grpc;

import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.server.ServiceRequestContext;
import dev.sextant.collector.http.BodyLimits;
import dev.sextant.collector.http.BoundedBody;
import dev.sextant.collector.http.BoundedService;
import dev.sextant.collector.http.MessageHandler;
import java.util.function.Supplier;

/**
 * One client-streaming method: many messages, one answer, on the bytes themselves as {@link
 * GrpcService} is. Each message is handed on as it comes and not held until the stream ends.
 */
public final class GrpcStreamService implements BoundedService {
  private final Supplier<? extends MessageHandler> calls;
  private final BoundedBody bodies;
  private final BodyLimits limits;
  private final String otherwise;

  /**
   * @param calls one for each call
   * @param otherwise tells who does not speak gRPC where else to send
   */
  public GrpcStreamService(
      Supplier<? extends MessageHandler> calls,
      BoundedBody bodies,
      BodyLimits limits,
      String otherwise) {
    this.calls = calls;
    this.bodies = bodies;
    this.limits = limits;
    this.otherwise = otherwise;
  }

  @Override
  public HttpResponse serve(ServiceRequestContext ctx, HttpRequest request) {
    MessageHandler call = calls.get();
    return GrpcEntry.enter(
        request,
        call::ended,
        otherwise,
        coding -> bodies.serveMessages(ctx, request, limits.grpc(coding), call));
  }
}
