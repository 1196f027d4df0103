package dev.sextant.collector.grpc;

import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import dev.sextant.collector.http.Coding;
import dev.sextant.collector.receive.Outcome;
import dev.sextant.collector.receive.Tenants;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What a call must be before its body is read, unary or a stream. */
final class GrpcEntry {
  private GrpcEntry() {}

  /**
   * @param refusals answers where the call is not taken
   * @param otherwise tells who does not speak gRPC where else to send
   * @param admitted goes on, with the coding of compressed messages
   */
  static HttpResponse enter(
      HttpRequest request,
      Function<Outcome, HttpResponse> refusals,
      String otherwise,
      Function<Coding, HttpResponse> admitted) {
    if (request.method() != HttpMethod.POST) {
      return HttpResponse.of(HttpStatus.METHOD_NOT_ALLOWED);
    }
    if (!isGrpc(request.contentType())) {
      request.abort();
      return HttpResponse.of(
          HttpStatus.UNSUPPORTED_MEDIA_TYPE,
          MediaType.PLAIN_TEXT_UTF_8,
          "this path speaks gRPC only; " + otherwise);
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
      return refusals.apply(refusal == null ? Outcome.ACCEPTED : refusal);
    }
    return admitted.apply(coding);
  }

  static boolean isGrpc(@Nullable MediaType type) {
    return type != null
        && type.type().equals("application")
        && (type.subtype().equals("grpc") || type.subtype().equals("grpc+proto"));
  }
}
