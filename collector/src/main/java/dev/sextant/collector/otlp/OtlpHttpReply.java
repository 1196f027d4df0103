package dev.sextant.collector.otlp;

import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.common.ResponseHeadersBuilder;
import dev.sextant.collector.http.Answers;
import dev.sextant.collector.receive.Outcome;

/**
 * Maps outcomes to OTLP/HTTP's answers: 200 with an export response, else a {@code
 * google.rpc.Status}, both in the request's own content type.
 */
record OtlpHttpReply(Signal signal, boolean json) {
  static final MediaType PROTOBUF = MediaType.parse("application/x-protobuf");

  HttpResponse to(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Accepted() -> success(0, "");
      case Outcome.Partial(long rejected, long untimely, String message) ->
          success(rejected, message);
      case Outcome.Throttled(long retry, String message) ->
          failure(HttpStatus.TOO_MANY_REQUESTS, OtlpMessages.RESOURCE_EXHAUSTED, message, retry);
      case Outcome.Unavailable(long retry, String message) ->
          failure(HttpStatus.SERVICE_UNAVAILABLE, OtlpMessages.UNAVAILABLE, message, retry);
      case Outcome.Invalid(String message) ->
          failure(HttpStatus.BAD_REQUEST, OtlpMessages.INVALID_ARGUMENT, message, 0);
      case Outcome.TooLarge(String message) ->
          failure(HttpStatus.REQUEST_ENTITY_TOO_LARGE, OtlpMessages.RESOURCE_EXHAUSTED, message, 0);
      case Outcome.Unsupported(String message) ->
          failure(HttpStatus.UNSUPPORTED_MEDIA_TYPE, OtlpMessages.INVALID_ARGUMENT, message, 0);
    };
  }

  HttpResponse methodNotAllowed() {
    return response(
        ResponseHeaders.builder(HttpStatus.METHOD_NOT_ALLOWED).set(HttpHeaderNames.ALLOW, "POST"),
        status(OtlpMessages.UNIMPLEMENTED, "only POST is answered at " + signal.httpPath()));
  }

  private HttpResponse success(long rejected, String message) {
    return response(
        ResponseHeaders.builder(HttpStatus.OK),
        json
            ? OtlpMessages.responseJson(signal, rejected, message)
            : OtlpMessages.response(rejected, message));
  }

  private HttpResponse failure(HttpStatus http, int code, String message, long retryMillis) {
    ResponseHeadersBuilder headers = ResponseHeaders.builder(http);
    if (retryMillis > 0) {
      headers.set(HttpHeaderNames.RETRY_AFTER, Answers.retryAfterSeconds(retryMillis));
    }
    return response(headers, status(code, message));
  }

  private byte[] status(int code, String message) {
    return json ? OtlpMessages.statusJson(code, message) : OtlpMessages.status(code, message);
  }

  private HttpResponse response(ResponseHeadersBuilder headers, byte[] body) {
    headers.contentType(json ? MediaType.JSON : PROTOBUF);
    return Answers.of(headers.build(), body);
  }
}
