package dev.sextant.api.log;

import com.fasterxml.jackson.core.JsonGenerator;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.server.Route;
import dev.sextant.api.ApiRoute;
import dev.sextant.api.Hues;
import dev.sextant.api.access.Access;
import dev.sextant.api.access.Role;
import dev.sextant.api.http.ErrorFormat;
import dev.sextant.api.http.JsonAnswer;
import dev.sextant.api.http.OtlpJson;
import dev.sextant.api.http.Params;
import dev.sextant.api.http.QueryRunner;
import dev.sextant.log.Level;
import dev.sextant.log.LogLine;
import dev.sextant.log.LogPlan;
import dev.sextant.storage.TimeRange;
import dev.sextant.storage.otlp.SpanId;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** {@code /sextant/v1/logs}, as {@code openapi.yaml} says. */
public final class LogApi {
  private static final long MILLI = 1_000_000L;

  /** Widths that read well on an axis, in milliseconds. */
  private static final long[] WIDTHS = {
    100,
    200,
    500,
    1_000,
    2_000,
    5_000,
    10_000,
    15_000,
    30_000,
    60_000,
    120_000,
    300_000,
    600_000,
    900_000,
    1_800_000,
    3_600_000,
    7_200_000,
    10_800_000,
    21_600_000,
    43_200_000,
    86_400_000
  };

  private final LogQueries queries;
  private final Hues hues;

  public LogApi(LogQueries queries, Hues hues) {
    this.queries = queries;
    this.hues = hues;
  }

  public List<ApiRoute> routes(QueryRunner runner) {
    return List.of(
        route(runner, "/sextant/v1/logs", this::search),
        route(runner, "/sextant/v1/logs/histogram", this::histogram),
        route(runner, "/sextant/v1/logs/values/{field}", this::values));
  }

  private static ApiRoute route(QueryRunner runner, String path, QueryRunner.Handler handler) {
    Route route = Route.builder().path(path).methods(HttpMethod.GET).build();
    return new ApiRoute(route, Role.VIEWER, runner.service(ErrorFormat.SEXTANT, handler));
  }

  private HttpResponse search(Access access, Params params) {
    boolean newest =
        switch (params.text("order").orElse("newest")) {
          case "newest" -> true;
          case "oldest" -> false;
          default -> throw Params.bad("order", params.required("order"), "newest or oldest");
        };
    int limit = params.integer("limit", 1, 5_000, 200);
    String token = params.text("page").orElse(null);
    try {
      LogPlan.LogPage page =
          queries.search(
              access,
              params.range(),
              LogFilters.read(params, queries.findsSubstrings()),
              newest,
              limit,
              token);
      return JsonAnswer.ok(json -> page(json, page, params.elapsedMillis()));
    } catch (IllegalArgumentException e) {
      throw params.badPage(e);
    }
  }

  private void page(JsonGenerator json, LogPlan.LogPage page, long millis) throws IOException {
    json.writeStartObject();
    json.writeNumberField("total", page.total());
    json.writeBooleanField("totalExact", page.totalExact());
    json.writeStringField("nextPage", page.nextPageToken());
    json.writeArrayFieldStart("lines");
    for (LogLine line : page.lines()) {
      line(json, line);
    }
    json.writeEndArray();
    JsonAnswer.cost(json, millis);
    json.writeEndObject();
  }

  private void line(JsonGenerator json, LogLine line) throws IOException {
    json.writeStartObject();
    json.writeStringField("id", Long.toString(line.row()));
    json.writeStringField("timeNanos", Long.toString(line.timeNanos()));
    json.writeStringField("level", line.level().name().toLowerCase(Locale.ROOT));
    json.writeStringField("severityText", line.severityText());
    json.writeStringField("service", line.service());
    json.writeNumberField("hue", hues.of(line.service()));
    json.writeStringField("body", line.body().asText());
    json.writeStringField("traceId", line.traceId().isNone() ? "" : line.traceId().toString());
    json.writeStringField("spanId", line.spanId() == 0 ? "" : SpanId.toHex(line.spanId()));
    OtlpJson.attributes(json, "attributes", line.attributes());
    OtlpJson.attributes(json, "resource", line.resource().attributes());
    json.writeEndObject();
  }

  private HttpResponse histogram(Access access, Params params) {
    TimeRange range = params.range();
    long width = width(range, params.integer("buckets", 1, 500, 60));
    LogPlan.LogHistogram counts =
        queries.histogram(
            access, range, LogFilters.read(params, queries.findsSubstrings()), width * MILLI);
    return JsonAnswer.ok(json -> histogram(json, counts, width));
  }

  /** The readable width that gives about so many buckets. */
  static long width(TimeRange range, int buckets) {
    long wanted = (range.toNanos() - range.fromNanos()) / MILLI / buckets;
    for (long width : WIDTHS) {
      if (width >= wanted) {
        return width;
      }
    }
    long day = WIDTHS[WIDTHS.length - 1];
    return (wanted + day - 1) / day * day;
  }

  private static void histogram(JsonGenerator json, LogPlan.LogHistogram counts, long width)
      throws IOException {
    json.writeStartObject();
    json.writeNumberField("bucketMillis", width);
    json.writeArrayFieldStart("levels");
    for (Level level : Level.values()) {
      json.writeString(level.name().toLowerCase(Locale.ROOT));
    }
    json.writeEndArray();
    json.writeArrayFieldStart("buckets");
    for (Map.Entry<Long, long[]> bucket : counts.buckets().entrySet()) {
      json.writeStartObject();
      json.writeNumberField("startMillis", bucket.getKey() / MILLI);
      json.writeArrayFieldStart("counts");
      for (long count : bucket.getValue()) {
        json.writeNumber(count);
      }
      json.writeEndArray();
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private HttpResponse values(Access access, Params params) {
    int limit = params.integer("limit", 1, 100, 10);
    List<LogPlan.ValueCount> values =
        queries.values(
            access,
            params.range(),
            LogFilters.read(params, queries.findsSubstrings()),
            params.path("field"),
            limit);
    return JsonAnswer.ok(
        json -> {
          json.writeStartObject();
          json.writeArrayFieldStart("values");
          for (LogPlan.ValueCount each : values) {
            json.writeStartObject();
            json.writeStringField("value", each.value());
            json.writeNumberField("lines", each.lines());
            json.writeEndObject();
          }
          json.writeEndArray();
          json.writeEndObject();
        });
  }
}
