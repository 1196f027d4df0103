package dev.sextant.api.tempo;

import com.linecorp.armeria.common.HttpResponse;
import dev.sextant.api.access.Access;
import dev.sextant.api.http.ApiException;
import dev.sextant.api.http.Params;
import dev.sextant.api.trace.TraceQlQueries;
import dev.sextant.traceql.InstantRequest;
import dev.sextant.traceql.RangeRequest;
import dev.sextant.traceql.ast.Query;
import dev.sextant.traceql.parse.QueryException;
import dev.sextant.traceql.parse.TraceQlParser;
import java.io.IOException;
import java.util.Optional;

/** Series from spans: {@code metrics/query_range} and {@code metrics/query}; always JSON. */
final class MetricEndpoints {
  private static final int MAX_EXEMPLARS = 100;

  private final TraceQlQueries queries;
  private final TempoLimits limits;

  MetricEndpoints(TraceQlQueries queries, TempoLimits limits) {
    this.queries = queries;
    this.limits = limits;
  }

  HttpResponse range(Access access, Params params) throws IOException {
    MetricTimes times = checked(MetricTimes.of(params));
    long step = step(params, times);
    long exemplars = TempoParams.uint32(params, "exemplars").orElse(0L);
    RangeRequest request =
        new RangeRequest(
            query(params),
            times.startNanos(),
            times.endNanos(),
            step,
            params.nowMillis() * 1_000_000,
            exemplars == 0 ? MAX_EXEMPLARS : (int) Math.min(exemplars, MAX_EXEMPLARS),
            maxSeries(params));
    var answer = queries.range(access, request);
    return AnswerFormat.JSON.answer(out -> MetricsMessage.range(out, answer));
  }

  HttpResponse instant(Access access, Params params) throws IOException {
    MetricTimes times = checked(MetricTimes.of(params));
    InstantRequest request =
        new InstantRequest(
            query(params),
            times.startNanos(),
            times.endNanos(),
            params.nowMillis() * 1_000_000,
            maxSeries(params));
    var answer = queries.instant(access, request);
    return AnswerFormat.JSON.answer(out -> MetricsMessage.instant(out, answer));
  }

  private MetricTimes checked(MetricTimes times) {
    if (times.endNanos() <= times.startNanos()) {
      throw ApiException.badRequest("end must be greater than start");
    }
    long most = limits.maxMetricsRange().toNanos();
    if (times.rangeNanos() > most) {
      throw ApiException.badRequest(
          "metrics query time range exceeds the maximum allowed duration of "
              + GoDuration.print(most)
              + "; raise traces.query.max-metrics-range");
    }
    return times;
  }

  /** In nanoseconds; 0 where the engine is to choose. */
  private long step(Params params, MetricTimes times) {
    Optional<Long> asked = MetricTimes.step(params);
    if (asked.isEmpty()) {
      return 0;
    }
    long step = asked.get();
    long least = times.rangeNanos() / limits.maxIntervals();
    if (step <= 0 || times.rangeNanos() / step > limits.maxIntervals()) {
      throw ApiException.badRequest(
          "step of %s is too small, minimum step for given range is %s; raise traces.query.max-intervals"
              .formatted(GoDuration.print(step), GoDuration.print(least)));
    }
    return step;
  }

  private static int maxSeries(Params params) {
    return (int) Math.min(TempoParams.uint32(params, "maxSeries").orElse(0L), Integer.MAX_VALUE);
  }

  private Query query(Params params) {
    String text = params.text("q").or(() -> params.text("query")).orElse("");
    Query query;
    try {
      query = TraceQlParser.parse(text, limits.queries());
    } catch (QueryException e) {
      throw ApiException.badRequest("compiling query: " + e.getMessage());
    }
    if (query.body() instanceof Query.Body.Search) {
      throw ApiException.badRequest("not a metrics query");
    }
    return query;
  }
}
