package dev.sextant.collector.grpc;

import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.server.ServiceRequestContext;
import dev.sextant.collector.http.BodyHandler;
import dev.sextant.collector.http.BodyLimits;
import dev.sextant.collector.http.BodyMemory;
import dev.sextant.collector.http.BoundedBody;
import dev.sextant.collector.http.BoundedService;
import dev.sextant.collector.receive.Outcome;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One unary method, on the bytes themselves: the frame is taken off by {@link BoundedBody}, and no
 * message object is made.
 */
public final class GrpcService implements BoundedService {
  private final Method method;
  private final Function<Outcome, HttpResponse> refusals;
  private final BoundedBody bodies;
  private final BodyLimits limits;
  private final String otherwise;

  /** Answers one message. */
  @FunctionalInterface
  public interface Method {
    /**
     * Runs on a thread that may block.
     *
     * @param message backed by an array that nothing else writes to, valid until the stage
     *     completes
     * @param memory to count there what is allocated in proportion to the message
     */
    CompletionStage<HttpResponse> call(ByteBuffer message, BodyMemory.Lease memory);
  }

  /**
   * @param refusals answers where the message was not taken
   * @param otherwise tells who does not speak gRPC where else to send
   */
  public GrpcService(
      Method method,
      Function<Outcome, HttpResponse> refusals,
      BoundedBody bodies,
      BodyLimits limits,
      String otherwise) {
    this.method = method;
    this.refusals = refusals;
    this.bodies = bodies;
    this.limits = limits;
    this.otherwise = otherwise;
  }

  @Override
  public HttpResponse serve(ServiceRequestContext ctx, HttpRequest request) {
    return GrpcEntry.enter(
        request,
        refusals,
        otherwise,
        coding -> bodies.serve(ctx, request, limits.grpc(coding), new Handler()));
  }

  /** Whether a request speaks gRPC with protobuf. */
  public static boolean isGrpc(@Nullable MediaType type) {
    return GrpcEntry.isGrpc(type);
  }

  private final class Handler implements BodyHandler {
    @Override
    public CompletionStage<HttpResponse> received(ByteBuffer body, BodyMemory.Lease memory) {
      return method.call(body, memory);
    }

    @Override
    public HttpResponse refused(Outcome outcome) {
      return refusals.apply(outcome);
    }
  }
}
