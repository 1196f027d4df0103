package dev.sextant.api.zipkin;

import com.linecorp.armeria.common.HttpResponse;
import dev.sextant.api.access.Access;
import dev.sextant.api.http.ApiException;
import dev.sextant.api.http.Params;
import dev.sextant.api.tempo.TempoLimits;
import dev.sextant.api.trace.TraceQueries;
import dev.sextant.storage.otlp.TraceId;
import dev.sextant.trace.Trace;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/** Traces by their ids. */
final class TraceEndpoints {
  private final TraceQueries queries;
  private final TempoLimits limits;

  TraceEndpoints(TraceQueries queries, TempoLimits limits) {
    this.queries = queries;
    this.limits = limits;
  }

  /** {@code trace/{traceId}}: its spans, or 404. */
  HttpResponse one(Access access, Params params) throws IOException {
    String asked = params.path("traceId");
    Trace trace =
        queries
            .asSent(access, id(asked))
            .orElseThrow(() -> ApiException.notFound(Params.shown(asked) + " not found"));
    return TraceAnswer.of(limits.maxTraceBytes(), json -> SpanJson.trace(json, trace.spans()));
  }

  /** {@code traceMany}: those traces of the ids that there are. */
  HttpResponse many(Access access, Params params) throws IOException {
    ZipkinParams.only(params, Set.of("traceIds"));
    Set<TraceId> ids = ids(params.required("traceIds"));
    return TraceAnswer.of(
        limits.maxTraceBytes(),
        json -> {
          json.writeStartArray();
          for (TraceId id : ids) {
            Optional<Trace> trace = queries.asSent(access, id);
            if (trace.isPresent()) {
              SpanJson.trace(json, trace.get().spans());
            }
          }
          json.writeEndArray();
        });
  }

  private Set<TraceId> ids(String text) {
    Set<TraceId> ids = new LinkedHashSet<>();
    for (String part : text.split(",", -1)) {
      if (!ids.add(id(part.strip()))) {
        throw ApiException.badRequest("redundant traceId: " + Params.shown(part));
      }
      if (ids.size() > limits.maxTraces()) {
        throw ApiException.badRequest(
            "parameter 'traceIds' has more than "
                + limits.maxTraces()
                + " ids; raise traces.query.max-traces");
      }
    }
    return ids;
  }

  private static TraceId id(String text) {
    try {
      return TraceId.parse(text);
    } catch (IllegalArgumentException e) {
      throw ApiException.badRequest(
          "'" + Params.shown(text) + "' is no trace id; it must be 1 to 32 hexadecimal digits");
    }
  }
}
