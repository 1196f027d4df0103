package dev.sextant.collector.remotewrite;

import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.ResponseHeaders;
import dev.sextant.collector.http.TextAnswers;
import dev.sextant.collector.receive.Outcome;

/**
 * Maps outcomes to remote write's answers: 204, 4xx for what must not be sent again, 429 and 503
 * with {@code Retry-After} for what may. Where some series were bad, the good ones are kept and the
 * answer is 400.
 */
final class RemoteWriteReply {
  private RemoteWriteReply() {}

  static HttpResponse to(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Accepted() -> HttpResponse.of(ResponseHeaders.of(HttpStatus.NO_CONTENT));
      case Outcome.Partial(long rejected, long untimely, String message) ->
          TextAnswers.of(
              HttpStatus.BAD_REQUEST,
              rejected + " samples rejected, the others are kept: " + message);
      case Outcome.Refused refused -> TextAnswers.of(refused);
    };
  }

  static HttpResponse methodNotAllowed() {
    return HttpResponse.of(
        ResponseHeaders.of(HttpStatus.METHOD_NOT_ALLOWED, HttpHeaderNames.ALLOW, "POST"));
  }
}
