package dev.sextant.api.http;

import com.fasterxml.jackson.core.JsonGenerator;
import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import java.io.IOException;

/** How an API writes its errors. */
public enum ErrorFormat {
  /** {@code {"error":{"code","message"}}}, Sextant's own. */
  SEXTANT {
    @Override
    void write(JsonGenerator json, String code, String message) throws IOException {
      json.writeStartObject();
      json.writeObjectFieldStart("error");
      json.writeStringField("code", code);
      json.writeStringField("message", message);
      json.writeEndObject();
      json.writeEndObject();
    }
  },

  /** Prometheus' envelope; the code is its error type, in its own word for a bad request. */
  PROMETHEUS {
    @Override
    void write(JsonGenerator json, String code, String message) throws IOException {
      json.writeStartObject();
      json.writeStringField("status", "error");
      json.writeStringField("errorType", code.equals("bad_request") ? "bad_data" : code);
      json.writeStringField("error", message);
      json.writeEndObject();
    }
  };

  abstract void write(JsonGenerator json, String code, String message) throws IOException;

  /** The format of whatever API a path belongs to. */
  public static ErrorFormat of(String path) {
    return path.startsWith("/api/v1/") || path.startsWith("/prometheus/") ? PROMETHEUS : SEXTANT;
  }

  /**
   * An error.
   *
   * @param code a short word that clients branch on
   * @param message for people
   */
  public HttpResponse answer(HttpStatus status, String code, String message) {
    return aggregated(status, code, message).toHttpResponse();
  }

  /** As {@link #answer}, for those who need it in one piece. */
  public AggregatedHttpResponse aggregated(HttpStatus status, String code, String message) {
    return JsonAnswer.aggregated(status, json -> write(json, code, message));
  }
}
