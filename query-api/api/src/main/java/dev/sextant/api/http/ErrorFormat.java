package dev.sextant.api.http;

import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;

/** How an API writes its errors. */
@FunctionalInterface
public interface ErrorFormat {
  HttpResponse write(HttpStatus status, String code, String message);

  /** {@code {"error":{"code","message"}}}, Sextant's own. */
  ErrorFormat SEXTANT =
      (status, code, message) ->
          JsonAnswer.of(
              status,
              json -> {
                json.writeStartObject();
                json.writeObjectFieldStart("error");
                json.writeStringField("code", code);
                json.writeStringField("message", message);
                json.writeEndObject();
                json.writeEndObject();
              });

  /** Prometheus' envelope; the code is one of its error types. */
  ErrorFormat PROMETHEUS =
      (status, code, message) ->
          JsonAnswer.of(
              status,
              json -> {
                json.writeStartObject();
                json.writeStringField("status", "error");
                json.writeStringField("errorType", code);
                json.writeStringField("error", message);
                json.writeEndObject();
              });
}
