package dev.sextant.api.prometheus;

import com.fasterxml.jackson.core.JsonGenerator;
import com.linecorp.armeria.common.HttpResponse;
import dev.sextant.api.access.Access;
import dev.sextant.api.access.Role;
import dev.sextant.api.http.JsonAnswer;
import dev.sextant.api.http.Params;
import dev.sextant.api.metric.MetricQueries;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** What the server is, how it is configured, and what it can do. */
final class StatusEndpoints {
  /** The release whose API and language this is; clients choose their features by it. */
  private static final String RELEASE = "3.14.0";

  private final ProcessSource process;
  private final MetricQueries queries;

  StatusEndpoints(ProcessSource process, MetricQueries queries) {
    this.process = process;
    this.queries = queries;
  }

  /** Writes the fields of an object. */
  @FunctionalInterface
  private interface Fields {
    void write(JsonGenerator json) throws IOException;
  }

  private static HttpResponse object(Access access, Fields fields) {
    access.require(Role.VIEWER);
    return JsonAnswer.ok(
        json ->
            PromJson.success(
                json,
                out -> {
                  out.writeStartObject();
                  fields.write(out);
                  out.writeEndObject();
                }));
  }

  HttpResponse buildInfo(Access access, Params params) {
    String version = process.version();
    return object(
        access,
        json -> {
          json.writeStringField("version", RELEASE);
          json.writeStringField("revision", "sextant-" + version);
          for (String unknown : List.of("branch", "buildUser", "buildDate", "goVersion")) {
            json.writeStringField(unknown, "");
          }
        });
  }

  HttpResponse config(Access access, Params params) {
    String yaml = process.configuration();
    return object(access, json -> json.writeStringField("yaml", yaml));
  }

  HttpResponse flags(Access access, Params params) {
    Map<String, String> flags = process.flags();
    return object(access, json -> texts(json, flags));
  }

  private static void texts(JsonGenerator json, Map<String, String> texts) throws IOException {
    for (Map.Entry<String, String> text : texts.entrySet()) {
      json.writeStringField(text.getKey(), text.getValue());
    }
  }

  /** Go's own settings stand for the JVM's of the same sense, and are empty where it has none. */
  HttpResponse runtimeInfo(Access access, Params params) {
    ProcessSource.Runtime runtime = process.runtime();
    return object(
        access,
        json -> {
          PromJson.instant(json, "startTime", runtime.startedMillis());
          json.writeStringField("CWD", runtime.directory());
          json.writeStringField("hostname", runtime.host());
          json.writeStringField("serverTime", Instant.ofEpochMilli(params.nowMillis()).toString());
          json.writeBooleanField("reloadConfigSuccess", true);
          PromJson.instant(json, "lastConfigTime", runtime.startedMillis());
          json.writeNumberField("corruptionCount", 0);
          json.writeNumberField("goroutineCount", runtime.threads());
          json.writeNumberField("GOMAXPROCS", runtime.processors());
          json.writeNumberField("GOMEMLIMIT", runtime.memoryBytes());
          json.writeStringField("GOGC", "");
          json.writeStringField("GODEBUG", "");
          json.writeStringField("storageRetention", runtime.retention());
        });
  }

  HttpResponse walReplay(Access access, Params params) {
    ProcessSource.Replay replay = process.replay();
    return object(
        access,
        json -> {
          json.writeNumberField("min", replay.min());
          json.writeNumberField("max", replay.max());
          json.writeNumberField("current", replay.current());
        });
  }

  HttpResponse tsdb(Access access, Params params) {
    int limit = PromParams.limit(params, "limit", SeriesStatistics.SHOWN);
    SeriesStatistics statistics = SeriesStatistics.of(queries, access, params.nowMillis());
    return JsonAnswer.ok(
        json -> PromJson.success(json, out -> statistics.write(out, limit), statistics.warnings()));
  }

  HttpResponse features(Access access, Params params) {
    Map<String, Map<String, Boolean>> features =
        Features.of(queries.engine().options(), process.discoveries());
    return object(
        access,
        json -> {
          for (Map.Entry<String, Map<String, Boolean>> category : features.entrySet()) {
            json.writeObjectFieldStart(category.getKey());
            for (Map.Entry<String, Boolean> feature : category.getValue().entrySet()) {
              json.writeBooleanField(feature.getKey(), feature.getValue());
            }
            json.writeEndObject();
          }
        });
  }

  /** Alerts go to webhooks; there are no Alertmanagers. */
  HttpResponse alertmanagers(Access access, Params params) {
    return object(
        access,
        json -> {
          empty(json, "activeAlertmanagers");
          empty(json, "droppedAlertmanagers");
        });
  }

  private static void empty(JsonGenerator json, String field) throws IOException {
    json.writeArrayFieldStart(field);
    json.writeEndArray();
  }

  /** Prometheus tells here of a failed reload; a configuration is read once here, at the start. */
  HttpResponse notifications(Access access, Params params) {
    access.require(Role.VIEWER);
    return JsonAnswer.ok(
        json ->
            PromJson.success(
                json,
                out -> {
                  out.writeStartArray();
                  out.writeEndArray();
                }));
  }
}
