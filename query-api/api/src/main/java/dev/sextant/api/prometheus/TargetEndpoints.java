package dev.sextant.api.prometheus;

import com.fasterxml.jackson.core.JsonGenerator;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import dev.sextant.api.access.Access;
import dev.sextant.api.access.Role;
import dev.sextant.api.http.ApiException;
import dev.sextant.api.http.JsonAnswer;
import dev.sextant.api.http.Params;
import dev.sextant.api.metric.MetricQueries;
import dev.sextant.metrics.model.Labels;
import dev.sextant.metrics.model.Matcher;
import dev.sextant.metrics.model.Metadata;
import dev.sextant.promql.PromException;
import dev.sextant.promql.print.Durations;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Scrape targets, what they are known to send, and the pools they come from. */
final class TargetEndpoints {
  /** How long back a target's metrics are looked for. */
  private static final long SEEN_MILLIS = 600_000;

  private static final List<String> SUFFIXES =
      List.of("_bucket", "_count", "_sum", "_total", "_created", "_info", "_gcount", "_gsum");

  private final TargetSource source;
  private final MetricQueries queries;

  TargetEndpoints(TargetSource source, MetricQueries queries) {
    this.source = source;
    this.queries = queries;
  }

  HttpResponse targets(Access access, Params params) {
    access.require(Role.VIEWER);
    String state = params.text("state").orElse("any");
    String pool = params.text("scrapePool").orElse("");
    List<TargetSource.Active> active =
        state.equals("any") || state.equals("active")
            ? source.active().stream().filter(it -> isIn(pool, it.pool())).toList()
            : List.of();
    List<TargetSource.Dropped> allDropped =
        source.dropped().stream().filter(it -> isIn(pool, it.pool())).toList();
    boolean showDropped = state.equals("any") || state.equals("dropped");
    TreeMap<String, Integer> counts = new TreeMap<>();
    source.pools().stream().filter(it -> isIn(pool, it)).forEach(it -> counts.put(it, 0));
    allDropped.forEach(it -> counts.merge(it.pool(), 1, Integer::sum));
    return JsonAnswer.ok(
        json ->
            PromJson.success(
                json, out -> targets(out, active, showDropped ? allDropped : List.of(), counts)));
  }

  private static boolean isIn(String wanted, String pool) {
    return wanted.isEmpty() || wanted.equals(pool);
  }

  private static void targets(
      JsonGenerator json,
      List<TargetSource.Active> active,
      List<TargetSource.Dropped> dropped,
      Map<String, Integer> counts)
      throws IOException {
    json.writeStartObject();
    json.writeArrayFieldStart("activeTargets");
    for (TargetSource.Active target : active) {
      active(json, target);
    }
    json.writeEndArray();
    json.writeArrayFieldStart("droppedTargets");
    for (TargetSource.Dropped target : dropped) {
      json.writeStartObject();
      PromJson.map(json, "discoveredLabels", target.discovered());
      json.writeStringField("scrapePool", target.pool());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeObjectFieldStart("droppedTargetCounts");
    for (Map.Entry<String, Integer> count : counts.entrySet()) {
      json.writeNumberField(count.getKey(), count.getValue());
    }
    json.writeEndObject();
    json.writeEndObject();
  }

  private static void active(JsonGenerator json, TargetSource.Active target) throws IOException {
    json.writeStartObject();
    PromJson.map(json, "discoveredLabels", target.discovered());
    PromJson.labels(json, "labels", target.labels());
    json.writeStringField("scrapePool", target.pool());
    json.writeStringField("scrapeUrl", target.url());
    json.writeStringField("globalUrl", target.url());
    json.writeStringField("lastError", target.lastError());
    PromJson.instant(json, "lastScrape", target.lastScrapeMillis());
    json.writeNumberField("lastScrapeDuration", target.lastDurationSeconds());
    json.writeStringField("health", target.health());
    json.writeStringField("scrapeInterval", Durations.text(target.intervalMillis()));
    json.writeStringField("scrapeTimeout", Durations.text(target.timeoutMillis()));
    json.writeEndObject();
  }

  HttpResponse pools(Access access, Params params) {
    access.require(Role.VIEWER);
    Set<String> pools = new TreeSet<>(source.pools());
    return JsonAnswer.ok(
        json ->
            PromJson.success(
                json,
                out -> {
                  out.writeStartObject();
                  out.writeArrayFieldStart("scrapePools");
                  for (String pool : pools) {
                    out.writeString(pool);
                  }
                  out.writeEndArray();
                  out.writeEndObject();
                }));
  }

  /** A family that a target sends. */
  private record Known(Labels target, Metadata metadata) {}

  HttpResponse metadata(Access access, Params params) {
    List<Matcher> wanted = matchers(params);
    String metric = params.text("metric").orElse("");
    int limit = PromParams.limit(params, "limit", 0);
    List<TargetSource.Active> targets =
        source.active().stream()
            .filter(target -> wanted.stream().allMatch(it -> it.matches(target.labels())))
            .limit(limit == 0 ? Integer.MAX_VALUE : limit)
            .toList();
    Map<String, List<Metadata>> metadata = queries.metadata(access, metric, 0);
    List<Known> found = new ArrayList<>();
    for (TargetSource.Active target : targets) {
      for (String family : families(access, target.labels(), params.nowMillis())) {
        for (Metadata each : metadata.getOrDefault(family, List.of())) {
          found.add(new Known(target.labels(), each));
        }
      }
    }
    if (found.isEmpty()) {
      throw new ApiException(HttpStatus.NOT_FOUND, "not_found", "specified metadata not found");
    }
    return JsonAnswer.ok(json -> PromJson.success(json, out -> known(out, found, metric)));
  }

  private List<Matcher> matchers(Params params) {
    String selector = params.text("match_target").orElse("");
    if (selector.isEmpty()) {
      return List.of();
    }
    try {
      return Selectors.parse(queries.engine(), selector);
    } catch (PromException.BadData e) {
      throw PromParams.invalid("match_target", String.valueOf(e.getMessage()));
    }
  }

  /** Names under which a target's lately seen series may be described. */
  private Set<String> families(Access access, Labels target, long now) {
    List<Matcher> own = new ArrayList<>();
    for (int i = 0; i < target.size(); i++) {
      own.add(Matcher.equal(target.name(i), target.value(i)));
    }
    Set<String> families = new LinkedHashSet<>();
    for (String name :
        queries.labelValues(access, Labels.NAME, now - SEEN_MILLIS, now, List.of(own), 0)) {
      families.add(name);
      for (String suffix : SUFFIXES) {
        if (name.endsWith(suffix)) {
          families.add(name.substring(0, name.length() - suffix.length()));
        }
      }
    }
    return families;
  }

  private static void known(JsonGenerator json, List<Known> found, String metric)
      throws IOException {
    json.writeStartArray();
    for (Known each : found) {
      json.writeStartObject();
      PromJson.labels(json, "target", each.target());
      if (metric.isEmpty()) {
        json.writeStringField("metric", each.metadata().family());
      }
      json.writeStringField("type", each.metadata().type());
      json.writeStringField("help", each.metadata().help());
      json.writeStringField("unit", each.metadata().unit());
      json.writeEndObject();
    }
    json.writeEndArray();
  }
}
