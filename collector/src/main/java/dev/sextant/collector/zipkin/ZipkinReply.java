package dev.sextant.collector.zipkin;

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
 * Maps outcomes to Zipkin's answers: 202 once everything is durable, 4xx with a text for what must
 * not be sent again, 429 and 503 with {@code Retry-After} for what may. Where some spans were bad,
 * the good ones are kept and the answer is 400.
 */
final class ZipkinReply {
  private ZipkinReply() {}

  static HttpResponse to(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Accepted() -> HttpResponse.of(ResponseHeaders.of(HttpStatus.ACCEPTED));
      case Outcome.Partial(long rejected, String message) ->
          text(
              HttpStatus.BAD_REQUEST,
              rejected + " spans rejected, the others are kept: " + message,
              0);
      case Outcome.Invalid(String message) -> text(HttpStatus.BAD_REQUEST, message, 0);
      case Outcome.TooLarge(String message) ->
          text(HttpStatus.REQUEST_ENTITY_TOO_LARGE, message, 0);
      case Outcome.Unsupported(String message) ->
          text(HttpStatus.UNSUPPORTED_MEDIA_TYPE, message, 0);
      case Outcome.Throttled(long retry, String message) ->
          text(HttpStatus.TOO_MANY_REQUESTS, message, retry);
      case Outcome.Unavailable(long retry, String message) ->
          text(HttpStatus.SERVICE_UNAVAILABLE, message, retry);
    };
  }

  private static HttpResponse text(HttpStatus status, String message, long retryMillis) {
    ResponseHeadersBuilder headers =
        ResponseHeaders.builder(status).contentType(MediaType.PLAIN_TEXT_UTF_8);
    if (retryMillis > 0) {
      headers.set(HttpHeaderNames.RETRY_AFTER, Answers.retryAfterSeconds(retryMillis));
    }
    return Answers.of(headers.build(), message.getBytes(StandardCharsets.UTF_8));
  }
}
