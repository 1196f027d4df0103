package dev.sextant.collector.http;

import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.common.ResponseHeadersBuilder;
import dev.sextant.collector.receive.Outcome;
import java.nio.charset.StandardCharsets;

/** Answers in plain text, for protocols that have no words of their own. */
public final class TextAnswers {
  private TextAnswers() {}

  /**
   * A refusal: 400, 413 and 415 for what must not be sent again, 429 and 503 with {@code
   * Retry-After} for what may.
   */
  public static HttpResponse of(Outcome.Refused refused) {
    return switch (refused) {
      case Outcome.Invalid(String message) -> of(HttpStatus.BAD_REQUEST, message, 0);
      case Outcome.TooLarge(String message) -> of(HttpStatus.REQUEST_ENTITY_TOO_LARGE, message, 0);
      case Outcome.Unsupported(String message) -> of(HttpStatus.UNSUPPORTED_MEDIA_TYPE, message, 0);
      case Outcome.Throttled(long retry, String message) ->
          of(HttpStatus.TOO_MANY_REQUESTS, message, retry);
      case Outcome.Unavailable(long retry, String message) ->
          of(HttpStatus.SERVICE_UNAVAILABLE, message, retry);
    };
  }

  public static HttpResponse of(HttpStatus status, String message) {
    return of(status, message, 0);
  }

  private static HttpResponse of(HttpStatus status, String message, long retryMillis) {
    ResponseHeadersBuilder headers =
        ResponseHeaders.builder(status).contentType(MediaType.PLAIN_TEXT_UTF_8);
    if (retryMillis > 0) {
      headers.set(HttpHeaderNames.RETRY_AFTER, Answers.retryAfterSeconds(retryMillis));
    }
    return Answers.of(headers.build(), message.getBytes(StandardCharsets.UTF_8));
  }
}
