package dev.sextant.api.prometheus;

import com.fasterxml.jackson.core.JsonGenerator;
import com.linecorp.armeria.common.HttpResponse;
import dev.sextant.api.access.Access;
import dev.sextant.api.http.JsonAnswer;
import dev.sextant.api.http.Params;
import dev.sextant.api.metric.MetricQueries;
import dev.sextant.metrics.model.Exemplar;
import dev.sextant.metrics.model.Labels;
import dev.sextant.metrics.model.Matcher;
import dev.sextant.metrics.model.Metadata;
import dev.sextant.promql.Annotation;
import dev.sextant.promql.PromException;
import dev.sextant.promql.ast.Expr;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Series, labels, exemplars and metadata. */
final class SeriesEndpoints {
  private static final List<Annotation> TRUNCATED =
      List.of(new Annotation(true, "results truncated due to limit"));

  private final MetricQueries queries;

  SeriesEndpoints(MetricQueries queries) {
    this.queries = queries;
  }

  HttpResponse series(Access access, Params params) {
    List<List<Matcher>> matchers = matchers(params);
    if (matchers.isEmpty()) {
      throw PromParams.badData("no match[] parameter provided");
    }
    int limit = limit(params);
    List<Labels> found = queries.series(access, from(params), to(params), matchers, oneMore(limit));
    return list(found, limit, (json, labels) -> labels(json, labels));
  }

  private static void labels(JsonGenerator json, Labels labels) throws IOException {
    json.writeStartObject();
    for (int i = 0; i < labels.size(); i++) {
      json.writeStringField(labels.name(i), labels.value(i));
    }
    json.writeEndObject();
  }

  HttpResponse labels(Access access, Params params) {
    int limit = limit(params);
    return list(
        queries.labelNames(access, from(params), to(params), matchers(params), oneMore(limit)),
        limit,
        JsonGenerator::writeString);
  }

  HttpResponse labelValues(Access access, Params params) {
    String name = params.path("name");
    if (name.isEmpty()) {
      throw PromParams.badData("invalid label name: \"\"");
    }
    int limit = limit(params);
    return list(
        queries.labelValues(
            access,
            EscapedNames.unescape(name),
            from(params),
            to(params),
            matchers(params),
            oneMore(limit)),
        limit,
        JsonGenerator::writeString);
  }

  HttpResponse exemplars(Access access, Params params) {
    List<List<Matcher>> matchers = new ArrayList<>();
    Expr expression;
    try {
      expression = queries.engine().parse(params.text("query").orElse("")).expr();
    } catch (PromException.BadData e) {
      throw PromParams.invalid("query", String.valueOf(e.getMessage()));
    }
    Selectors.collect(expression, matchers);
    // No selectors, no series: to the store an empty list would mean all of them.
    Map<Labels, List<Exemplar>> found =
        matchers.isEmpty()
            ? Map.of()
            : queries.exemplars(access, from(params), to(params), matchers);
    return JsonAnswer.ok(json -> PromJson.success(json, out -> exemplars(out, found)));
  }

  private static void exemplars(JsonGenerator json, Map<Labels, List<Exemplar>> found)
      throws IOException {
    json.writeStartArray();
    for (Map.Entry<Labels, List<Exemplar>> series : found.entrySet()) {
      json.writeStartObject();
      PromJson.labels(json, "seriesLabels", series.getKey());
      json.writeArrayFieldStart("exemplars");
      for (Exemplar exemplar : series.getValue()) {
        json.writeStartObject();
        PromJson.labels(json, "labels", exemplar.labels());
        json.writeStringField("value", PromJson.number(exemplar.value()));
        json.writeFieldName("timestamp");
        PromJson.time(json, exemplar.timestampMillis());
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  HttpResponse metadata(Access access, Params params) {
    int families = PromParams.limit(params, "limit", 0);
    int perFamily = PromParams.limit(params, "limit_per_metric", Integer.MAX_VALUE);
    Map<String, List<Metadata>> found =
        queries.metadata(access, params.text("metric").orElse(""), families);
    return JsonAnswer.ok(json -> PromJson.success(json, out -> metadata(out, found, perFamily)));
  }

  private static void metadata(JsonGenerator json, Map<String, List<Metadata>> found, int perFamily)
      throws IOException {
    json.writeStartObject();
    for (Map.Entry<String, List<Metadata>> family : found.entrySet()) {
      json.writeArrayFieldStart(family.getKey());
      List<Metadata> all = family.getValue();
      for (Metadata each : all.subList(0, Math.min(perFamily, all.size()))) {
        json.writeStartObject();
        json.writeStringField("type", each.type());
        json.writeStringField("help", each.help());
        json.writeStringField("unit", each.unit());
        json.writeEndObject();
      }
      json.writeEndArray();
    }
    json.writeEndObject();
  }

  private interface Item<T> {
    void write(JsonGenerator json, T item) throws IOException;
  }

  private static <T> HttpResponse list(List<T> found, int limit, Item<T> item) {
    boolean cut = limit > 0 && found.size() > limit;
    List<T> shown = cut ? found.subList(0, limit) : found;
    return JsonAnswer.ok(
        json ->
            PromJson.success(
                json,
                out -> {
                  out.writeStartArray();
                  for (T each : shown) {
                    item.write(out, each);
                  }
                  out.writeEndArray();
                },
                cut ? TRUNCATED : List.of()));
  }

  private List<List<Matcher>> matchers(Params params) {
    return Selectors.parameters(queries.engine(), params);
  }

  private static long from(Params params) {
    return PromParams.time(params, "start").orElse(PromParams.MIN_TIME);
  }

  private static long to(Params params) {
    long to = PromParams.time(params, "end").orElse(PromParams.MAX_TIME);
    if (to < from(params)) {
      throw PromParams.invalid("end", "end timestamp must not be before start time");
    }
    return to;
  }

  private static int limit(Params params) {
    return PromParams.limit(params, "limit", 0);
  }

  /** One more than is shown, so that a cut shows. */
  private static int oneMore(int limit) {
    return limit == 0 ? 0 : limit == Integer.MAX_VALUE ? limit : limit + 1;
  }
}
