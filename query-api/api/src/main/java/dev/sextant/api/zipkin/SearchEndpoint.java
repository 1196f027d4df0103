package dev.sextant.api.zipkin;

import com.linecorp.armeria.common.HttpResponse;
import dev.sextant.api.access.Access;
import dev.sextant.api.http.ApiException;
import dev.sextant.api.http.Params;
import dev.sextant.api.tempo.TempoLimits;
import dev.sextant.api.trace.TraceQlQueries;
import dev.sextant.api.trace.TraceQueries;
import dev.sextant.storage.otlp.TraceId;
import dev.sextant.trace.Trace;
import dev.sextant.trace.model.SpanField;
import dev.sextant.traceql.FoundTrace;
import dev.sextant.traceql.SearchAnswer;
import dev.sextant.traceql.SearchRequest;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** {@code traces}: a search whose every trace is answered whole, newest first. */
final class SearchEndpoint {
  private static final Set<String> PARAMETERS =
      Set.of(
          "serviceName",
          "remoteServiceName",
          "spanName",
          "annotationQuery",
          "minDuration",
          "maxDuration",
          "endTs",
          "lookback",
          "limit");

  private final TraceQueries traces;
  private final TraceQlQueries queries;
  private final TempoLimits limits;

  SearchEndpoint(TraceQueries traces, TraceQlQueries queries, TempoLimits limits) {
    this.traces = traces;
    this.queries = queries;
    this.limits = limits;
  }

  HttpResponse search(Access access, Params params) throws IOException {
    ZipkinParams.only(params, PARAMETERS);
    int limit = ZipkinParams.limit(params, limits);
    ZipkinParams.Range range = ZipkinParams.Range.of(params, limits);
    ZipkinSearch search = search(access, params, range);
    SearchAnswer found =
        queries.search(
            access, SearchRequest.of(search.query(), range.fromNanos(), range.toNanos(), limit, 0));
    return TraceAnswer.of(
        limits.maxTraceBytes(),
        json -> {
          json.writeStartArray();
          for (FoundTrace trace : found.traces()) {
            TraceId id = new TraceId(trace.traceHigh(), trace.traceLow());
            Optional<Trace> whole = traces.asSent(access, id);
            if (whole.isPresent()) {
              SpanJson.trace(json, whole.get().spans());
            }
          }
          json.writeEndArray();
        });
  }

  private ZipkinSearch search(Access access, Params params, ZipkinParams.Range range) {
    Optional<Long> min = ZipkinParams.positive(params, "minDuration");
    Optional<Long> max = ZipkinParams.positive(params, "maxDuration");
    if (max.isPresent() && min.isEmpty()) {
      throw ApiException.badRequest("maxDuration is only valid with minDuration");
    }
    if (max.isPresent() && max.get() < min.get()) {
      throw ApiException.badRequest("maxDuration < minDuration");
    }
    ZipkinNames names = new ZipkinNames(queries, access, range, limits.maxTagValues());
    ZipkinSearch search =
        new ZipkinSearch(spellings(names, SpanField.SERVICE, params.text("serviceName")));
    SpanField remote = SpanField.span(ZipkinFields.PEER_SERVICE);
    search.remoteService(spellings(names, remote, params.text("remoteServiceName")));
    Optional<String> span = params.text("spanName").filter(name -> !name.equals("all"));
    search.spanName(spellings(names, SpanField.Intrinsic.NAME, span));
    params.text("annotationQuery").map(AnnotationQuery::read).ifPresent(search::annotations);
    min.ifPresent(micros -> search.duration(micros, max.orElse(Long.MAX_VALUE)));
    return search;
  }

  private static List<String> spellings(
      ZipkinNames names, SpanField field, Optional<String> asked) {
    return asked.map(name -> names.spellings(field, name)).orElse(List.of());
  }
}
