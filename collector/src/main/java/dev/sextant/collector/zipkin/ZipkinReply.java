package dev.sextant.collector.zipkin;

import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.ResponseHeaders;
import dev.sextant.collector.http.TextAnswers;
import dev.sextant.collector.receive.Outcome;

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
      case Outcome.Partial(long rejected, long untimely, String message) ->
          TextAnswers.of(
              HttpStatus.BAD_REQUEST,
              rejected + " spans rejected, the others are kept: " + message);
      case Outcome.Refused refused -> TextAnswers.of(refused);
    };
  }
}
