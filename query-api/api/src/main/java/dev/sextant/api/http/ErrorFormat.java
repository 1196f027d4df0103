package dev.sextant.api.http;

import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.ResponseHeaders;

/** How an API writes its errors. */
public enum ErrorFormat {
  /** {@code {"error":{"code","message"}}}, Sextant's own. */
  SEXTANT {
    @Override
    public AggregatedHttpResponse aggregated(HttpStatus status, String code, String message) {
      return JsonAnswer.aggregated(
          status,
          json -> {
            json.writeStartObject();
            json.writeObjectFieldStart("error");
            json.writeStringField("code", code);
            json.writeStringField("message", message);
            json.writeEndObject();
            json.writeEndObject();
          });
    }
  },

  /** Prometheus' envelope; the code is its error type, in its own word for a bad request. */
  PROMETHEUS {
    @Override
    public AggregatedHttpResponse aggregated(HttpStatus status, String code, String message) {
      return JsonAnswer.aggregated(
          status,
          json -> {
            json.writeStartObject();
            json.writeStringField("status", "error");
            json.writeStringField("errorType", code.equals("bad_request") ? "bad_data" : code);
            json.writeStringField("error", message);
            json.writeEndObject();
          });
    }
  },

  /** Jaeger's envelope, with the status for a code. */
  JAEGER {
    @Override
    public AggregatedHttpResponse aggregated(HttpStatus status, String code, String message) {
      return JsonAnswer.aggregated(
          status,
          json -> {
            json.writeStartObject();
            json.writeNullField("data");
            json.writeNumberField("total", 0);
            json.writeNumberField("limit", 0);
            json.writeNumberField("offset", 0);
            json.writeArrayFieldStart("errors");
            json.writeStartObject();
            json.writeNumberField("code", status.code());
            json.writeStringField("msg", message);
            json.writeEndObject();
            json.writeEndArray();
            json.writeEndObject();
          });
    }
  },

  /** That of the third version of Jaeger's API, which is a gRPC gateway's. */
  JAEGER_V3 {
    @Override
    public AggregatedHttpResponse aggregated(HttpStatus status, String code, String message) {
      return JsonAnswer.aggregated(
          status,
          json -> {
            json.writeStartObject();
            json.writeObjectFieldStart("error");
            json.writeNumberField("httpCode", status.code());
            json.writeStringField("message", message);
            json.writeEndObject();
            json.writeEndObject();
          });
    }
  },

  /** Tempo's: the message alone, as plain text. */
  TEMPO {
    @Override
    public AggregatedHttpResponse aggregated(HttpStatus status, String code, String message) {
      return text(status, message);
    }
  },

  /** Zipkin's: the message alone, as plain text. */
  ZIPKIN {
    @Override
    public AggregatedHttpResponse aggregated(HttpStatus status, String code, String message) {
      return text(status, message);
    }
  };

  private static AggregatedHttpResponse text(HttpStatus status, String message) {
    ResponseHeaders headers =
        ResponseHeaders.builder(status)
            .contentType(MediaType.PLAIN_TEXT_UTF_8)
            .add("cache-control", "no-store")
            .add("x-content-type-options", "nosniff")
            .build();
    return AggregatedHttpResponse.of(headers, HttpData.ofUtf8(message));
  }

  /** The format of whatever API a path belongs to. */
  public static ErrorFormat of(String path) {
    if (path.startsWith("/tempo/")) {
      return TEMPO;
    }
    if (path.startsWith("/zipkin/")) {
      return ZIPKIN;
    }
    if (path.startsWith("/jaeger/")) {
      return path.startsWith("/jaeger/api/v3/") ? JAEGER_V3 : JAEGER;
    }
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
  public abstract AggregatedHttpResponse aggregated(HttpStatus status, String code, String message);
}
