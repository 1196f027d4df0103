package dev.sextant.collector.grpc;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaders;
import com.linecorp.armeria.common.HttpHeadersBuilder;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.common.ResponseHeadersBuilder;
import dev.sextant.collector.http.Answers;
import dev.sextant.collector.receive.Outcome;
import dev.sextant.storage.otlp.ProtoWriter;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.function.Function;

/**
 * Maps outcomes to gRPC's answers. What may be retried carries a {@code RetryInfo}; {@code
 * RESOURCE_EXHAUSTED} without one means never.
 */
public final class GrpcReply {
  /** Numbers of {@code google.rpc.Code}. */
  private static final int INVALID_ARGUMENT = 3;

  private static final int RESOURCE_EXHAUSTED = 8;
  private static final int UNIMPLEMENTED = 12;
  private static final int UNAVAILABLE = 14;

  private static final String RETRY_INFO = "type.googleapis.com/google.rpc.RetryInfo";
  private static final String ENCODINGS = "identity,gzip,deflate,zstd,snappy";
  private static final String CONTENT_TYPE = "application/grpc+proto";

  private GrpcReply() {}

  /**
   * @param response the protocol's message for what was taken; where all of it was, {@code
   *     rejected} is 0 and the text empty
   */
  public static HttpResponse to(Outcome outcome, Function<Outcome.Partial, byte[]> response) {
    return switch (outcome) {
      case Outcome.Accepted() -> success(response.apply(new Outcome.Partial(0, "")));
      case Outcome.Partial partial -> success(response.apply(partial));
      case Outcome.Throttled(long retry, String message) ->
          retryable(RESOURCE_EXHAUSTED, message, retry);
      case Outcome.Unavailable(long retry, String message) ->
          retryable(UNAVAILABLE, message, retry);
      case Outcome.Invalid(String message) -> failure(INVALID_ARGUMENT, message);
      case Outcome.TooLarge(String message) -> failure(RESOURCE_EXHAUSTED, message);
      case Outcome.Unsupported(String message) -> failure(UNIMPLEMENTED, message);
    };
  }

  public static HttpResponse unknownMethod(String path) {
    return failure(UNIMPLEMENTED, "no gRPC method at " + path);
  }

  /** A message alone. */
  public static HttpResponse success(byte[] message) {
    return Answers.of(
        headers().build(), Answers.grpcFrame(message), HttpHeaders.of("grpc-status", "0"));
  }

  private static HttpResponse failure(int code, String message) {
    return ended(status(code, message).build());
  }

  private static HttpResponse retryable(int code, String message, long retryMillis) {
    byte[] details = statusWithRetry(code, message, Math.max(1, retryMillis));
    return ended(
        status(code, message)
            .set(
                "grpc-status-details-bin",
                Base64.getEncoder().withoutPadding().encodeToString(details))
            .build());
  }

  /**
   * The status stands in trailers: as headers alone it would have to end the stream itself, which
   * Armeria leaves to an empty frame of data that gRPC's own clients refuse.
   */
  private static HttpResponse ended(HttpHeaders status) {
    return HttpResponse.of(headers().build(), HttpData.empty(), status);
  }

  /** A {@code google.rpc.Status} whose details hold a {@code RetryInfo}. */
  private static byte[] statusWithRetry(int code, String message, long retryMillis) {
    ProtoWriter out = new ProtoWriter();
    out.varint(1, code);
    out.text(2, message);
    int any = out.begin(3);
    out.text(1, RETRY_INFO);
    int retryInfo = out.begin(2);
    int delay = out.begin(1);
    out.varint(1, retryMillis / 1000);
    out.varint(2, retryMillis % 1000 * 1_000_000);
    out.end(delay);
    out.end(retryInfo);
    out.end(any);
    return out.toByteArray();
  }

  private static HttpHeadersBuilder status(int code, String message) {
    return HttpHeaders.builder()
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
