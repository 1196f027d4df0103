package dev.sextant.collector.jaeger;

import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.common.ResponseHeadersBuilder;
import dev.sextant.collector.http.Answers;
import dev.sextant.collector.receive.Outcome;
import java.nio.charset.StandardCharsets;

/**
 * Maps outcomes to what a Jaeger collector answers over HTTP: 202 without a body, or plain text
 * that says what was wrong. Clients take every 2xx for success, so that spans which were rejected
 * beside good ones are named in the body of a 202.
 */
final class JaegerHttpReply {
  private JaegerHttpReply() {}

  static HttpResponse to(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Accepted() -> answer(HttpStatus.ACCEPTED, 0, "");
      case Outcome.Partial(long rejected, String message) ->
          answer(HttpStatus.ACCEPTED, 0, rejected + " spans were rejected: " + message);
      case Outcome.Throttled(long retry, String message) ->
          answer(HttpStatus.TOO_MANY_REQUESTS, retry, message);
      case Outcome.Unavailable(long retry, String message) ->
          answer(HttpStatus.SERVICE_UNAVAILABLE, retry, message);
      case Outcome.Invalid(String message) -> answer(HttpStatus.BAD_REQUEST, 0, message);
      case Outcome.TooLarge(String message) ->
          answer(HttpStatus.REQUEST_ENTITY_TOO_LARGE, 0, message);
      case Outcome.Unsupported(String message) ->
          answer(HttpStatus.UNSUPPORTED_MEDIA_TYPE, 0, message);
    };
  }

  static HttpResponse methodNotAllowed() {
    return Answers.of(
        ResponseHeaders.builder(HttpStatus.METHOD_NOT_ALLOWED)
            .set(HttpHeaderNames.ALLOW, "POST")
            .contentType(MediaType.PLAIN_TEXT_UTF_8)
            .build(),
        "only POST is answered here".getBytes(StandardCharsets.UTF_8));
  }

  private static HttpResponse answer(HttpStatus status, long retryMillis, String message) {
    ResponseHeadersBuilder headers = ResponseHeaders.builder(status);
    if (retryMillis > 0) {
      headers.set(HttpHeaderNames.RETRY_AFTER, Answers.retryAfterSeconds(retryMillis));
    }
    headers.contentType(MediaType.PLAIN_TEXT_UTF_8);
    return Answers.of(headers.build(), message.getBytes(StandardCharsets.UTF_8));
  }
}
