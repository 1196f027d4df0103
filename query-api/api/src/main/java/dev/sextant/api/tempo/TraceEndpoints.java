package dev.sextant.api.tempo;

import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.ResponseHeaders;
import dev.sextant.api.access.Access;
import dev.sextant.api.http.ApiException;
import dev.sextant.api.http.Params;
import dev.sextant.api.trace.TraceQlQueries;
import dev.sextant.api.trace.TraceQueries;
import dev.sextant.storage.otlp.TraceId;
import dev.sextant.trace.Span;
import dev.sextant.trace.Trace;
import dev.sextant.traceql.ast.Query;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** One trace by its id. {@code start} and {@code end} are checked; the whole trace is answered. */
final class TraceEndpoints {
  private static final Set<String> MODES = Set.of("all", "blocks", "ingesters", "recent");
  private static final int PARTIAL = 1;

  private final TraceQueries queries;
  private final TraceQlQueries spans;
  private final TempoLimits limits;

  TraceEndpoints(TraceQueries queries, TraceQlQueries spans, TempoLimits limits) {
    this.queries = queries;
    this.spans = spans;
    this.limits = limits;
  }

  /** {@code /api/traces/{traceId}}: the trace, or 404 without a body. */
  HttpResponse v1(Access access, Params params) throws IOException {
    TraceId id = checked(params);
    Trace trace = queries.byId(access, id).orElse(null);
    if (trace == null) {
      return HttpResponse.of(
          ResponseHeaders.builder(HttpStatus.NOT_FOUND).add("cache-control", "no-store").build());
    }
    if (SpanBytes.fitting(trace.spans(), limits.maxTraceBytes()) < trace.spans().size()) {
      throw new ApiException(
          HttpStatus.UNPROCESSABLE_ENTITY,
          "too_large",
          "trace exceeds max size (max bytes: %d); raise traces.query.max-trace-bytes"
              .formatted(limits.maxTraceBytes()));
    }
    return AnswerFormat.of(params)
        .answer(out -> TraceMessage.resourceSpans(out, "batches", trace.spans()));
  }

  /**
   * {@code /api/v2/traces/{traceId}}: the trace, an empty one where there is none; with {@code q}
   * those of its spans that match.
   */
  HttpResponse v2(Access access, Params params) throws IOException {
    TraceId id = checked(params);
    Optional<Query> filter =
        params.text("q").map(text -> TraceFilter.parse(text, limits.queries()));
    Kept kept = kept(params);
    List<Span> whole = queries.byId(access, id).map(Trace::spans).orElse(List.of());
    List<Span> wanted =
        filter.map(query -> kept.of(whole, spans.matching(access, whole, query))).orElse(whole);
    List<Span> answered = wanted.subList(0, SpanBytes.fitting(wanted, limits.maxTraceBytes()));
    List<String> partial = new ArrayList<>();
    if (answered.size() < wanted.size()) {
      partial.add(
          "Trace exceeds maximum size of %d bytes, a partial trace is returned; raise traces.query.max-trace-bytes"
              .formatted(limits.maxTraceBytes()));
    }
    if (wanted.size() < whole.size()) {
      partial.add("Trace filtered, only a subset of spans matching the filter is returned");
    }
    return AnswerFormat.of(params)
        .answer(
            out -> {
              out.message(
                  1,
                  "trace",
                  trace -> TraceMessage.resourceSpans(trace, "resourceSpans", answered));
              out.message(2, "metrics", metrics -> {});
              if (!partial.isEmpty()) {
                out.choice(3, "status", PARTIAL, "PARTIAL");
                out.text(4, "message", String.join("; ", partial));
              }
            });
  }

  private static Kept kept(Params params) {
    int below = TempoParams.whole(params, "match_depth", 0);
    int above = TempoParams.whole(params, "ancestor_depth", -1);
    return TempoParams.flag(params, "keep_hierarchy") ? new Kept(above, below) : Kept.MATCHES;
  }

  private static TraceId checked(Params params) {
    TraceId id = traceId(params.path("traceId"));
    params
        .text("mode")
        .filter(mode -> !MODES.contains(mode))
        .ifPresent(
            mode -> {
              throw ApiException.badRequest("invalid value for mode " + Params.shown(mode));
            });
    TempoParams.Seconds.checked(
        TempoParams.int32(params, "start").orElse(0L), TempoParams.int32(params, "end").orElse(0L));
    return id;
  }

  private static TraceId traceId(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.digit(text.charAt(i), 16) < 0 || text.charAt(i) > 'f') {
        throw ApiException.badRequest(
            "trace IDs can only contain hex characters: invalid character '%s' at position %d"
                .formatted(Character.toString(text.codePointAt(i)), i + 1));
      }
    }
    if (text.length() > 32) {
      throw ApiException.badRequest("trace IDs can't be larger than 128 bits");
    }
    return TraceId.parse(text);
  }
}
