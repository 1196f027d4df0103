package dev.sextant.api.prometheus;

import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.server.Route;
import dev.sextant.api.ApiRoute;
import dev.sextant.api.access.Access;
import dev.sextant.api.access.Role;
import dev.sextant.api.alert.AlertQueries;
import dev.sextant.api.http.ErrorFormat;
import dev.sextant.api.http.JsonAnswer;
import dev.sextant.api.http.Params;
import dev.sextant.api.http.QueryRunner;
import dev.sextant.api.metric.MetricQueries;
import dev.sextant.promql.PromAnswer;
import dev.sextant.promql.PromEngine;
import dev.sextant.promql.PromException;
import dev.sextant.promql.PromQuery;
import dev.sextant.promql.QueryLimits;
import dev.sextant.promql.ast.Expr;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Queries at {@code /prometheus/api/v1/…} and {@code /api/v1/…}; see Prometheus' documentation of
 * its HTTP API.
 */
public final class PrometheusApi {
  private static final int MAX_POINTS = 11_000;

  private final MetricQueries queries;
  private final SeriesEndpoints series;
  private final RuleEndpoints rules;
  private final TargetEndpoints targets;
  private final StatusEndpoints status;

  public PrometheusApi(
      MetricQueries queries, AlertQueries alerts, TargetSource targets, ProcessSource process) {
    this.queries = queries;
    this.series = new SeriesEndpoints(queries);
    this.rules = new RuleEndpoints(alerts, queries.engine());
    this.targets = new TargetEndpoints(targets, queries);
    this.status = new StatusEndpoints(process, queries);
  }

  public List<ApiRoute> routes(QueryRunner runner) {
    List<ApiRoute> routes = new ArrayList<>();
    for (String prefix : List.of("/prometheus/api/v1", "/api/v1")) {
      routes.add(getOrPost(runner, prefix + "/query", this::instant));
      routes.add(getOrPost(runner, prefix + "/query_range", this::range));
      routes.add(getOrPost(runner, prefix + "/format_query", this::format));
      routes.add(getOrPost(runner, prefix + "/parse_query", this::tree));
      routes.add(getOrPost(runner, prefix + "/query_exemplars", series::exemplars));
      routes.add(getOrPost(runner, prefix + "/series", series::series));
      routes.add(getOrPost(runner, prefix + "/labels", series::labels));
      routes.add(get(runner, prefix + "/label/{name}/values", series::labelValues));
      routes.add(get(runner, prefix + "/metadata", series::metadata));
      routes.add(get(runner, prefix + "/rules", rules::rules));
      routes.add(get(runner, prefix + "/alerts", rules::alerts));
      routes.add(get(runner, prefix + "/targets", targets::targets));
      routes.add(get(runner, prefix + "/targets/metadata", targets::metadata));
      routes.add(get(runner, prefix + "/scrape_pools", targets::pools));
      routes.add(get(runner, prefix + "/alertmanagers", status::alertmanagers));
      routes.add(get(runner, prefix + "/notifications", status::notifications));
      routes.add(get(runner, prefix + "/features", status::features));
      routes.add(get(runner, prefix + "/status/buildinfo", status::buildInfo));
      routes.add(get(runner, prefix + "/status/config", status::config));
      routes.add(get(runner, prefix + "/status/flags", status::flags));
      routes.add(get(runner, prefix + "/status/runtimeinfo", status::runtimeInfo));
      routes.add(get(runner, prefix + "/status/tsdb", status::tsdb));
      routes.add(get(runner, prefix + "/status/walreplay", status::walReplay));
    }
    return routes;
  }

  private static ApiRoute getOrPost(QueryRunner runner, String path, QueryRunner.Handler handler) {
    return route(runner, path, handler, HttpMethod.GET, HttpMethod.POST);
  }

  private static ApiRoute get(QueryRunner runner, String path, QueryRunner.Handler handler) {
    return route(runner, path, handler, HttpMethod.GET);
  }

  private static ApiRoute route(
      QueryRunner runner, String path, QueryRunner.Handler handler, HttpMethod... methods) {
    Route route = Route.builder().path(path).methods(methods).build();
    return new ApiRoute(route, Role.VIEWER, runner.service(ErrorFormat.PROMETHEUS, handler));
  }

  private HttpResponse instant(Access access, Params params) {
    PromEngine engine = engine(params);
    PromQuery query = parse(engine, params);
    long time = PromParams.time(params, "time").orElse(params.nowMillis());
    return answer(params, queries.instant(access, engine, query, time));
  }

  private HttpResponse range(Access access, Params params) {
    long start = PromParams.requiredTime(params, "start");
    long end = PromParams.requiredTime(params, "end");
    if (end < start) {
      throw PromParams.invalid("end", "end timestamp must not be before start time");
    }
    long step = PromParams.requiredDuration(params, "step");
    if (step <= 0) {
      throw PromParams.invalid(
          "step",
          "zero or negative query resolution step widths are not accepted."
              + " Try a positive integer");
    }
    if ((end - start) / step > MAX_POINTS) {
      throw PromParams.badData(
          "exceeded maximum resolution of 11,000 points per timeseries."
              + " Try decreasing the query resolution (?step=XX)");
    }
    PromEngine engine = engine(params);
    PromQuery query = parse(engine, params);
    return answer(params, queries.range(access, engine, query, start, end, step));
  }

  private static HttpResponse answer(Params params, PromAnswer answer) {
    int limit = PromParams.limit(params, "limit", 0);
    boolean perStep = params.text("stats").filter("all"::equals).isPresent();
    return JsonAnswer.ok(QueryJson.write(answer, limit, perStep));
  }

  private HttpResponse format(Access access, Params params) {
    access.require(Role.VIEWER);
    String formatted = parse(queries.engine(), params).format();
    return JsonAnswer.ok(json -> PromJson.success(json, out -> out.writeString(formatted)));
  }

  private HttpResponse tree(Access access, Params params) {
    access.require(Role.VIEWER);
    Expr tree = parse(queries.engine(), params).expr();
    return JsonAnswer.ok(json -> PromJson.success(json, out -> AstJson.write(out, tree)));
  }

  private static PromQuery parse(PromEngine engine, Params params) {
    try {
      return engine.parse(params.text("query").orElse(""));
    } catch (PromException.BadData e) {
      throw PromParams.invalid("query", String.valueOf(e.getMessage()));
    }
  }

  /** The engine with the request's own timeout (never above the configured one) and lookback. */
  private PromEngine engine(Params params) {
    PromEngine engine = queries.engine();
    QueryLimits limits = engine.limits();
    PromEngine limited =
        engine
            .withLimits(limits.withTimeout(PromParams.timeout(params, limits.timeout())))
            .withStatistics(params.text("stats").filter(text -> !text.isEmpty()).isPresent());
    return PromParams.lookback(params)
        .filter(lookback -> lookback > 0)
        .map(Duration::ofMillis)
        .map(lookback -> limited.withOptions(limited.options().withLookback(lookback)))
        .orElse(limited);
  }
}
