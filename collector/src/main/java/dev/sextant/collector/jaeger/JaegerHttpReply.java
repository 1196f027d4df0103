package dev.sextant.collector.jaeger;

import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.ResponseHeaders;
import dev.sextant.collector.http.Answers;
import dev.sextant.collector.http.TextAnswers;
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
      case Outcome.Accepted() -> TextAnswers.of(HttpStatus.ACCEPTED, "");
      case Outcome.Partial(long rejected, long untimely, String message) ->
          TextAnswers.of(HttpStatus.ACCEPTED, rejected + " spans were rejected: " + message);
      case Outcome.Refused refused -> TextAnswers.of(refused);
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
}
