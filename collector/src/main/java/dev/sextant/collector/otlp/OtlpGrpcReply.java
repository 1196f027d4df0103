package dev.sextant.collector.otlp;

import com.linecorp.armeria.common.HttpHeaders;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.common.ResponseHeadersBuilder;
import dev.sextant.collector.http.Answers;
import dev.sextant.collector.receive.Outcome;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * Maps outcomes to OTLP/gRPC's answers. What may be retried carries a {@code RetryInfo}; {@code
 * RESOURCE_EXHAUSTED} without one means never.
 */
final class OtlpGrpcReply {
  private static final String ENCODINGS = "identity,gzip,deflate,zstd,snappy";
  private static final String CONTENT_TYPE = "application/grpc+proto";

  private OtlpGrpcReply() {}

  static HttpResponse to(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Accepted() -> success(0, "");
      case Outcome.Partial(long rejected, String message) -> success(rejected, message);
      case Outcome.Throttled(long retry, String message) ->
          retryable(OtlpMessages.RESOURCE_EXHAUSTED, message, retry);
      case Outcome.Unavailable(long retry, String message) ->
          retryable(OtlpMessages.UNAVAILABLE, message, retry);
      case Outcome.Invalid(String message) -> failure(OtlpMessages.INVALID_ARGUMENT, message);
      case Outcome.TooLarge(String message) -> failure(OtlpMessages.RESOURCE_EXHAUSTED, message);
      case Outcome.Unsupported(String message) -> failure(OtlpMessages.UNIMPLEMENTED, message);
    };
  }

  static HttpResponse unknownMethod(String path) {
    return failure(OtlpMessages.UNIMPLEMENTED, "no gRPC method at " + path);
  }

  private static HttpResponse success(long rejected, String message) {
    return Answers.of(
        headers().build(),
        Answers.grpcFrame(OtlpMessages.response(rejected, message)),
        HttpHeaders.of("grpc-status", "0"));
  }

  private static HttpResponse failure(int code, String message) {
    return HttpResponse.of(status(code, message).build());
  }

  private static HttpResponse retryable(int code, String message, long retryMillis) {
    byte[] details = OtlpMessages.statusWithRetry(code, message, Math.max(1, retryMillis));
    return HttpResponse.of(
        status(code, message)
            .set(
                "grpc-status-details-bin",
                Base64.getEncoder().withoutPadding().encodeToString(details))
            .build());
  }

  private static ResponseHeadersBuilder status(int code, String message) {
    return headers()
        .set("grpc-status", Integer.toString(code))
        .set("grpc-message", percentEncoded(message));
  }

  private static ResponseHeadersBuilder headers() {
    return ResponseHeaders.builder(HttpStatus.OK)
        .set("content-type", CONTENT_TYPE)
        .set("grpc-accept-encoding", ENCODINGS);
  }

  /** As gRPC asks: bytes outside printable ASCII, and the percent sign, as %XX. */
  private static String percentEncoded(String message) {
    StringBuilder out = new StringBuilder();
    for (byte b : message.getBytes(StandardCharsets.UTF_8)) {
      if (b >= 0x20 && b < 0x7f && b != '%') {
        out.append((char) b);
      } else {
        out.append(String.format("%%%02X", b & 0xff));
      }
    }
    return out.toString();
  }
}
