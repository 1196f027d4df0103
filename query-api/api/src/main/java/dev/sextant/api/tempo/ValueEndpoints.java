package dev.sextant.api.tempo;

import com.linecorp.armeria.common.HttpResponse;
import dev.sextant.api.access.Access;
import dev.sextant.api.http.ApiException;
import dev.sextant.api.http.Params;
import dev.sextant.api.trace.TraceQlQueries;
import dev.sextant.promql.print.GoNumbers;
import dev.sextant.trace.model.SpanCondition;
import dev.sextant.trace.model.SpanValue;
import dev.sextant.traceql.ast.Attribute;
import dev.sextant.traceql.ast.Intrinsic;
import dev.sextant.traceql.ast.PipelineStep;
import dev.sextant.traceql.ast.Query;
import dev.sextant.traceql.ast.Reference;
import dev.sextant.traceql.parse.LenientFilter;
import dev.sextant.traceql.parse.QueryException;
import dev.sextant.traceql.parse.TraceQlParser;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** The values that something of spans has: {@code search/tag/{name}/values}, v1 and v2. */
final class ValueEndpoints {
  private static final List<String> STATUS = List.of("ok", "error", "unset");
  private static final List<String> KIND =
      List.of("client", "server", "producer", "consumer", "internal", "unspecified");

  private final TraceQlQueries queries;
  private final TempoLimits limits;

  ValueEndpoints(TraceQlQueries queries, TempoLimits limits) {
    this.queries = queries;
    this.limits = limits;
  }

  /** A value and its type as Tempo calls it. */
  private record Typed(String type, String value) {}

  HttpResponse v1(Access access, Params params) throws IOException {
    String name = name(params);
    List<String> values =
        switch (name) {
          case "status.code" -> limited(List.of("unset", "ok", "error"), params);
          case "error" -> limited(List.of("true"), params);
          default ->
              values(access, params, old(name), SpanCondition.ALL).stream()
                  .map(Typed::value)
                  .toList();
        };
    return AnswerFormat.of(params)
        .answer(
            out -> {
              out.texts(1, "tagValues", values);
              out.message(2, "metrics", metrics -> {});
            });
  }

  HttpResponse v2(Access access, Params params) throws IOException {
    Reference reference = reference(name(params));
    SpanCondition condition =
        params
            .text("q")
            .map(query -> LenientFilter.of(query, limits.queries()))
            .orElse(SpanCondition.ALL);
    List<Typed> values = values(access, params, reference, condition);
    return AnswerFormat.of(params)
        .answer(
            out -> {
              out.list(
                  1,
                  "tagValues",
                  values,
                  (value, typed) -> {
                    value.text(1, "type", typed.type());
                    value.textSet(2, "value", typed.value());
                  });
              out.message(2, "metrics", metrics -> {});
            });
  }

  /** The name in the path; Grafana encodes it twice. */
  private static String name(Params params) {
    String name = params.path("tagName");
    try {
      return name.contains("%")
          ? URLDecoder.decode(name.replace("+", "%2B"), StandardCharsets.UTF_8)
          : name;
    } catch (IllegalArgumentException e) {
      return name;
    }
  }

  /** What a name of the first version of the API stands for. */
  private static Reference old(String name) {
    return switch (name) {
      case "name" -> Intrinsic.NAME;
      case "root.name" -> Intrinsic.ROOT_NAME;
      case "root.service.name" -> Intrinsic.ROOT_SERVICE_NAME;
      default ->
          name.matches("(span|resource|event|link|instrumentation)?\\..+")
              ? reference(name)
              : new Attribute(Attribute.Scope.ANY, name);
    };
  }

  /** An attribute or intrinsic as TraceQL writes it. */
  private static Reference reference(String name) {
    try {
      Query query = TraceQlParser.parse("{} | select(" + name + ")");
      if (query.body() instanceof Query.Body.Search search
          && search.pipeline().steps().size() == 2
          && search.pipeline().steps().get(1) instanceof PipelineStep.Select select
          && select.references().size() == 1) {
        return select.references().getFirst();
      }
    } catch (QueryException e) {
      throw ApiException.badRequest("please provide a valid tagName: " + e.getMessage());
    }
    throw ApiException.badRequest(
        "please provide a valid tagName: " + GoText.quote(Params.shown(name)));
  }

  private List<Typed> values(
      Access access, Params params, Reference reference, SpanCondition condition) {
    TagRange range = TagRange.of(params, limits);
    if (reference instanceof Intrinsic intrinsic) {
      Optional<List<String>> fixed = fixed(intrinsic);
      if (fixed.isPresent()) {
        return limited(fixed.get(), params).stream()
            .map(value -> new Typed("keyword", value))
            .toList();
      }
    }
    return queries
        .values(
            access,
            range.fromNanos(),
            range.toNanos(),
            reference.fields(),
            condition,
            limit(params))
        .stream()
        .flatMap(value -> typed(value).stream())
        .toList();
  }

  /** The values of those intrinsics whose values are not looked up. */
  private static Optional<List<String>> fixed(Intrinsic intrinsic) {
    return switch (intrinsic) {
      case STATUS -> Optional.of(STATUS);
      case KIND -> Optional.of(KIND);
      case DURATION,
          TRACE_DURATION,
          TRACE_ID,
          SPAN_ID,
          PARENT_ID,
          CHILD_COUNT,
          EVENT_TIME_SINCE_START,
          LINK_TRACE_ID,
          LINK_SPAN_ID,
          NESTED_SET_LEFT,
          NESTED_SET_RIGHT,
          NESTED_SET_PARENT ->
          Optional.of(List.of());
      case NAME,
          STATUS_MESSAGE,
          ROOT_NAME,
          ROOT_SERVICE_NAME,
          EVENT_NAME,
          INSTRUMENTATION_NAME,
          INSTRUMENTATION_VERSION ->
          Optional.empty();
    };
  }

  private static Optional<Typed> typed(SpanValue value) {
    return switch (value) {
      case SpanValue.Text(String text) -> Optional.of(new Typed("string", text));
      case SpanValue.Int(long number) -> Optional.of(new Typed("int", Long.toString(number)));
      case SpanValue.Decimal(double number) ->
          Optional.of(new Typed("float", GoNumbers.general(number)));
      case SpanValue.Bool(boolean bool) -> Optional.of(new Typed("bool", Boolean.toString(bool)));
      case SpanValue.Array array -> Optional.empty();
      case SpanValue.Other other -> Optional.empty();
    };
  }

  private List<String> limited(List<String> values, Params params) {
    return values.stream().limit(limit(params)).toList();
  }

  /** As asked for, never above what is configured. */
  private int limit(Params params) {
    TempoParams.uint32(params, "maxStaleValues");
    long asked = TempoParams.uint32(params, "limit").orElse(0L);
    return asked == 0 ? limits.maxTagValues() : (int) Math.min(asked, limits.maxTagValues());
  }
}
