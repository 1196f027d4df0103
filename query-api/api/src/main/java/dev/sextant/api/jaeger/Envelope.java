package dev.sextant.api.jaeger;

import com.linecorp.armeria.common.HttpResponse;
import dev.sextant.api.http.JsonAnswer;
import dev.sextant.storage.otlp.TraceId;
import java.util.List;

/** What every answer of the first version stands in. */
final class Envelope {
  private Envelope() {}

  static HttpResponse of(int total, JsonAnswer.Body data) {
    return of(total, false, List.of(), data);
  }

  /**
   * @param missing traces that were asked for by id and are not stored
   */
  static HttpResponse of(int total, boolean pretty, List<TraceId> missing, JsonAnswer.Body data) {
    return JsonAnswer.ok(
        json -> {
          if (pretty) {
            json.useDefaultPrettyPrinter();
          }
          json.writeStartObject();
          json.writeFieldName("data");
          data.write(json);
          json.writeNumberField("total", total);
          json.writeNumberField("limit", 0);
          json.writeNumberField("offset", 0);
          if (missing.isEmpty()) {
            json.writeNullField("errors");
          } else {
            json.writeArrayFieldStart("errors");
            for (TraceId id : missing) {
              json.writeStartObject();
              json.writeStringField("msg", "trace not found");
              json.writeStringField("traceID", UiTrace.text(id));
              json.writeEndObject();
            }
            json.writeEndArray();
          }
          json.writeEndObject();
        });
  }

  static HttpResponse texts(List<String> values) {
    return of(
        values.size(),
        json -> {
          json.writeStartArray();
          for (String value : values) {
            json.writeString(value);
          }
          json.writeEndArray();
        });
  }
}
