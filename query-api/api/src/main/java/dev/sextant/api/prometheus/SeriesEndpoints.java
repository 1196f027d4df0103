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
            access, unescape(name), from(params), to(params), matchers(params), oneMore(limit)),
        limit,
        JsonGenerator::writeString);
  }

  /** {@code U__a_2e_b} is {@code a.b}: how clients put names into a path. */
  static String unescape(String name) {
    if (!name.startsWith("U__")) {
      return name;
    }
    StringBuilder out = new StringBuilder();
    String rest = name.substring(3);
    for (int i = 0; i < rest.length(); i++) {
      char c = rest.charAt(i);
      int end = c == '_' ? rest.indexOf('_', i + 1) : -1;
      if (c != '_') {
        out.append(c);
      } else if (end == i + 1) {
        out.append('_');
        i = end;
      } else if (end > 0 && rest.substring(i + 1, end).matches("[0-9a-fA-F]{1,6}")) {
        out.appendCodePoint(Integer.parseInt(rest.substring(i + 1, end), 16));
        i = end;
      } else {
        return name;
      }
    }
    return out.toString();
  }

  HttpResponse exemplars(Access access, Params params) {
    List<List<Matcher>> matchers = new ArrayList<>();
    Expr expression;
    try {
      expression = queries.engine().parse(params.text("query").orElse("")).expr();
    } catch (PromException.BadData e) {
      throw PromParams.badData("invalid parameter \"query\": " + e.getMessage());
    }
    Selectors.collect(expression, matchers);
    Map<Labels, List<Exemplar>> found =
        queries.exemplars(access, from(params), to(params), matchers);
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
    int limit = params.integer("limit", -1, Integer.MAX_VALUE, -1);
    Map<String, List<Metadata>> found =
        queries.metadata(access, params.text("metric").orElse(""), Math.max(0, limit));
    return JsonAnswer.ok(json -> PromJson.success(json, out -> metadata(out, found)));
  }

  private static void metadata(JsonGenerator json, Map<String, List<Metadata>> found)
      throws IOException {
    json.writeStartObject();
    for (Map.Entry<String, List<Metadata>> family : found.entrySet()) {
      json.writeArrayFieldStart(family.getKey());
      for (Metadata each : family.getValue()) {
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
    List<List<Matcher>> matchers = new ArrayList<>();
    for (String selector : params.all("match[]")) {
      try {
        matchers.add(Selectors.parse(queries.engine(), selector));
      } catch (PromException.BadData e) {
        throw PromParams.badData("invalid parameter \"match[]\": " + e.getMessage());
      }
    }
    return matchers;
  }

  private static long from(Params params) {
    return PromParams.time(params, "start").orElse(PromParams.MIN_TIME);
  }

  private static long to(Params params) {
    long to = PromParams.time(params, "end").orElse(PromParams.MAX_TIME);
    if (to < from(params)) {
      throw PromParams.badData(
          "invalid parameter \"end\": end timestamp must not be before start time");
    }
    return to;
  }

  private static int limit(Params params) {
    return params.integer("limit", 0, Integer.MAX_VALUE, 0);
  }

  /** One more than is shown, so that a cut shows. */
  private static int oneMore(int limit) {
    return limit == 0 ? 0 : limit == Integer.MAX_VALUE ? limit : limit + 1;
  }
}
