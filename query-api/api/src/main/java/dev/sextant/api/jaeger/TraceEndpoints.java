package dev.sextant.api.jaeger;

import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import dev.sextant.api.access.Access;
import dev.sextant.api.http.ApiException;
import dev.sextant.api.http.JsonAnswer;
import dev.sextant.api.http.Params;
import dev.sextant.api.tempo.SpanBytes;
import dev.sextant.api.tempo.TempoLimits;
import dev.sextant.api.trace.TraceQlQueries;
import dev.sextant.api.trace.TraceQueries;
import dev.sextant.storage.otlp.TraceId;
import dev.sextant.trace.Span;
import dev.sextant.trace.Trace;
import dev.sextant.traceql.SearchRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Traces by id and by search, each answered whole. */
final class TraceEndpoints {
  private static final Set<String> BY_ID = Set.of("start", "end", "raw", "prettyPrint");

  private final TraceQueries traces;
  private final TraceQlQueries queries;
  private final TempoLimits limits;

  TraceEndpoints(TraceQueries traces, TraceQlQueries queries, TempoLimits limits) {
    this.traces = traces;
    this.queries = queries;
    this.limits = limits;
  }

  /** Traces of one answer, bounded by what their spans take together. */
  private final class Answer {
    private final Access access;
    private final List<List<Span>> found = new ArrayList<>();
    private final List<TraceId> missing = new ArrayList<>();
    private final Runnable checkpoint = queries.checkpoint();
    private long left = limits.maxTraceBytes();

    Answer(Access access) {
      this.access = access;
    }

    Answer add(TraceId id) {
      checkpoint.run();
      Optional<Trace> trace = traces.byId(access, id);
      if (trace.isEmpty()) {
        missing.add(id);
        return this;
      }
      List<Span> spans = trace.get().spans();
      long bytes = SpanBytes.of(spans, left);
      if (bytes > left) {
        throw new ApiException(
            HttpStatus.UNPROCESSABLE_ENTITY,
            "too_large",
            ("the spans of the answer's first %d traces take more than %d bytes; ask for fewer"
                    + " traces or raise traces.query.max-trace-bytes")
                .formatted(found.size() + 1, limits.maxTraceBytes()));
      }
      left -= bytes;
      found.add(spans);
      return this;
    }
  }

  HttpResponse byId(Access access, Params params) {
    JaegerParams.only(params, BY_ID);
    checkTimes(params);
    Answer answer = new Answer(access).add(JaegerParams.traceId("traceID", params.path("traceId")));
    if (answer.found.isEmpty()) {
      throw ApiException.notFound("trace not found");
    }
    return answer(params, answer);
  }

  /** Start and end tell Jaeger where to look; here the whole trace is found without. */
  private static void checkTimes(Params params) {
    JaegerParams.micros(params, "start");
    JaegerParams.micros(params, "end");
    params.bool("raw");
  }

  HttpResponse search(Access access, Params params) {
    JaegerParams.only(params, TraceSearch.V1);
    params.bool("raw");
    Answer answer = new Answer(access);
    List<String> ids = params.all("traceID");
    if (ids.isEmpty()) {
      find(answer, TraceSearch.v1(params, limits));
    } else {
      checkCount(ids.size());
      ids.forEach(id -> answer.add(JaegerParams.traceId("traceID", id)));
    }
    return answer(params, answer);
  }

  private void checkCount(int ids) {
    if (ids > limits.maxTraces()) {
      throw ApiException.badRequest(
          "%d traces are asked for, at most %d are answered; raise traces.query.max-traces"
              .formatted(ids, limits.maxTraces()));
    }
  }

  private void find(Answer answer, SearchRequest request) {
    queries
        .search(answer.access, request)
        .traces()
        .forEach(trace -> answer.add(new TraceId(trace.traceHigh(), trace.traceLow())));
    // What was dropped since it was found is no error of who asked.
    answer.missing.clear();
  }

  private static HttpResponse answer(Params params, Answer answer) {
    boolean pretty = params.bool("prettyPrint").orElse(false);
    return Envelope.of(
        0,
        pretty,
        answer.missing,
        json -> {
          json.writeStartArray();
          for (List<Span> spans : answer.found) {
            UiTrace.write(json, spans);
          }
          json.writeEndArray();
        });
  }

  HttpResponse byIdV3(Access access, Params params) {
    JaegerParams.only(params, V3Names.TRACE);
    JaegerParams.instant(params, V3Names.given(params, "start_time"));
    JaegerParams.instant(params, V3Names.given(params, "end_time"));
    params.bool(V3Names.given(params, "raw_traces"));
    return answerV3(
        new Answer(access).add(JaegerParams.traceId("trace_id", params.path("traceId"))));
  }

  HttpResponse searchV3(Access access, Params params) {
    JaegerParams.only(params, V3Names.SEARCH);
    params.bool(V3Names.given(params, "query.raw_traces"));
    Answer answer = new Answer(access);
    find(answer, TraceSearch.v3(params, limits));
    return answerV3(answer);
  }

  /** As Jaeger does it, nothing found is an error. */
  private static HttpResponse answerV3(Answer answer) {
    if (answer.found.isEmpty()) {
      throw ApiException.notFound("No traces found");
    }
    return JsonAnswer.ok(
        json -> {
          json.writeStartObject();
          json.writeObjectFieldStart("result");
          json.writeArrayFieldStart("resourceSpans");
          for (List<Span> spans : answer.found) {
            OtlpTrace.write(json, spans);
          }
          json.writeEndArray();
          json.writeEndObject();
          json.writeEndObject();
        });
  }
}
