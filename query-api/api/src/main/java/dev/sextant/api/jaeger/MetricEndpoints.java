package dev.sextant.api.jaeger;

import com.fasterxml.jackson.core.JsonGenerator;
import com.linecorp.armeria.common.HttpResponse;
import dev.sextant.api.access.Access;
import dev.sextant.api.access.Role;
import dev.sextant.api.http.JsonAnswer;
import dev.sextant.api.http.Params;
import dev.sextant.api.metric.MetricReader;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * Calls, errors and latencies of services, from what is derived of their spans, as Jaeger's
 * <em>Monitor</em> page asks for them.
 */
final class MetricEndpoints {
  private static final Set<String> PARAMETERS =
      Set.of("service", "groupByOperation", "spanKind", "endTs", "lookback", "step", "ratePer");

  private static final Set<String> OF_LATENCIES =
      Set.of(
          "service",
          "groupByOperation",
          "spanKind",
          "endTs",
          "lookback",
          "step",
          "ratePer",
          "quantile");

  private static final String CALLS = "traces_spanmetrics_calls_total";
  private static final String BUCKETS = "traces_spanmetrics_latency_bucket";
  private static final String FAILED = ", status_code=\"STATUS_CODE_ERROR\"";

  private final MetricReader reader;

  MetricEndpoints(MetricReader reader) {
    this.reader = reader;
  }

  HttpResponse calls(Access access, Params params) {
    JaegerParams.only(params, PARAMETERS);
    MetricQuestion question = MetricQuestion.of(params);
    return answer(access, question, "call_rate", "calls/sec", question.rate(CALLS, "", ""));
  }

  HttpResponse errors(Access access, Params params) {
    JaegerParams.only(params, PARAMETERS);
    MetricQuestion question = MetricQuestion.of(params);
    String all = question.rate(CALLS, "", "");
    String failed = question.rate(CALLS, FAILED, "");
    String share = "((" + failed + ") or (0 * " + all + ")) / (" + all + ")";
    return answer(
        access,
        question,
        "error_rate",
        "error rate, computed as a fraction of errors/sec over calls/sec",
        share);
  }

  HttpResponse latencies(Access access, Params params) {
    JaegerParams.only(params, OF_LATENCIES);
    MetricQuestion question = MetricQuestion.of(params);
    String quantile = params.required("quantile");
    if (!quantile.matches("0(\\.\\d{1,10})?|1(\\.0{1,10})?|\\.\\d{1,10}")) {
      throw Params.bad("quantile", quantile, "a number from 0 to 1");
    }
    String millis =
        "1000 * histogram_quantile(" + quantile + ", " + question.rate(BUCKETS, "", ", le") + ")";
    return answer(access, question, "latencies", quantile + "th quantile latency", millis);
  }

  /** The shortest step that a question may have. */
  HttpResponse minStep(Access access, Params params) {
    access.require(Role.VIEWER);
    JaegerParams.only(params, Set.of());
    return Envelope.of(0, json -> json.writeNumber(1));
  }

  private HttpResponse answer(
      Access access, MetricQuestion question, String name, String help, String expression) {
    access.require(Role.VIEWER);
    List<MetricReader.Row> rows =
        reader.range(
            access.tenant(),
            expression,
            question.startMillis(),
            question.endMillis(),
            question.stepMillis());
    boolean operations = question.byOperation();
    return JsonAnswer.ok(
        json -> {
          json.writeStartObject();
          json.writeStringField("name", (operations ? "service_operation_" : "service_") + name);
          json.writeStringField("type", "GAUGE");
          json.writeStringField(
              "help", help + ", grouped by service" + (operations ? " & operation" : ""));
          json.writeArrayFieldStart("metrics");
          for (MetricReader.Row row : rows) {
            metric(json, question, row);
          }
          json.writeEndArray();
          json.writeEndObject();
        });
  }

  private static void metric(JsonGenerator json, MetricQuestion question, MetricReader.Row row)
      throws IOException {
    json.writeStartObject();
    json.writeArrayFieldStart("labels");
    if (question.byOperation()) {
      label(json, "operation", row.labels().get("span_name"));
    }
    label(json, "service_name", row.labels().get("service"));
    json.writeEndArray();
    json.writeArrayFieldStart("metricPoints");
    for (int i = 0; i < row.values().length; i++) {
      if (Double.isFinite(row.values()[i])) {
        long millis = question.startMillis() + i * question.stepMillis();
        json.writeStartObject();
        json.writeObjectFieldStart("gaugeValue");
        json.writeNumberField("doubleValue", row.values()[i]);
        json.writeEndObject();
        json.writeStringField("timestamp", Instant.ofEpochMilli(millis).toString());
        json.writeEndObject();
      }
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void label(JsonGenerator json, String name, String value) throws IOException {
    json.writeStartObject();
    json.writeStringField("name", name);
    json.writeStringField("value", value);
    json.writeEndObject();
  }
}
