package dev.sextant.api.zipkin;

import com.linecorp.armeria.common.HttpResponse;
import dev.sextant.api.access.Access;
import dev.sextant.api.http.JsonAnswer;
import dev.sextant.api.http.Params;
import dev.sextant.api.tempo.TempoLimits;
import dev.sextant.api.trace.TraceQlQueries;
import dev.sextant.trace.Span;
import dev.sextant.trace.model.SpanCondition;
import dev.sextant.trace.model.SpanField;
import dev.sextant.trace.model.SpanValue;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Names and values that spans have, sorted, of everything that is kept. */
final class NameEndpoints {
  private static final Set<String> SERVICE = Set.of("serviceName");

  private final TraceQlQueries queries;
  private final TempoLimits limits;

  NameEndpoints(TraceQlQueries queries, TempoLimits limits) {
    this.queries = queries;
    this.limits = limits;
  }

  HttpResponse services(Access access, Params params) {
    ZipkinParams.only(params, Set.of());
    return answer(texts(access, List.of(SpanField.SERVICE), SpanCondition.ALL));
  }

  /** Names of a service's spans. */
  HttpResponse spans(Access access, Params params) {
    return answer(ofService(access, params, SpanField.Intrinsic.NAME));
  }

  /** Names of what a service calls. */
  HttpResponse remoteServices(Access access, Params params) {
    return answer(ofService(access, params, SpanField.span(ZipkinFields.PEER_SERVICE)));
  }

  /** Keys of tags. */
  HttpResponse keys(Access access, Params params) {
    ZipkinParams.only(params, Set.of());
    Stream<String> attributes =
        queries
            .attributes(
                access,
                0,
                Long.MAX_VALUE,
                EnumSet.of(SpanField.Scope.SPAN),
                SpanCondition.ALL,
                limits.maxTags())
            .stream()
            .map(SpanField.Attribute::key)
            .filter(key -> !ZipkinFields.ALL.contains(key));
    Stream<String> error =
        errors(access).isEmpty() ? Stream.empty() : Stream.of(ZipkinFields.ERROR);
    return answer(Stream.concat(attributes, error).distinct().sorted().toList());
  }

  /** Values of a tag. */
  HttpResponse values(Access access, Params params) {
    ZipkinParams.only(params, Set.of("key"));
    String key = params.required("key");
    List<String> attributes =
        texts(access, List.of(SpanField.span(key), SpanField.resource(key)), SpanCondition.ALL);
    if (!key.equals(ZipkinFields.ERROR)) {
      return answer(attributes);
    }
    return answer(
        Stream.concat(attributes.stream(), errors(access).stream()).distinct().sorted().toList());
  }

  /**
   * Values of the tag {@code error}: what failed spans say, and {@code true} for those that say
   * nothing; none where no span failed.
   */
  private List<String> errors(Access access) {
    SpanCondition failed =
        new SpanCondition.Compare(
            SpanField.Intrinsic.STATUS,
            SpanCondition.Op.EQUAL,
            SpanValue.of((long) Span.Status.ERROR.ordinal()));
    List<String> messages = texts(access, List.of(SpanField.Intrinsic.STATUS_MESSAGE), failed);
    boolean some =
        !messages.isEmpty()
            || !texts(access, List.of(SpanField.Intrinsic.STATUS), failed).isEmpty();
    return some ? Stream.concat(messages.stream(), Stream.of("true")).toList() : List.of();
  }

  private List<String> ofService(Access access, Params params, SpanField field) {
    ZipkinParams.only(params, SERVICE);
    String service = params.required("serviceName");
    ZipkinNames names =
        new ZipkinNames(queries, access, ZipkinParams.Range.ALL, limits.maxTagValues());
    List<SpanCondition> either =
        names.spellings(SpanField.SERVICE, service).stream()
            .<SpanCondition>map(
                name ->
                    new SpanCondition.Compare(
                        SpanField.SERVICE, SpanCondition.Op.EQUAL, SpanValue.of(name)))
            .toList();
    return texts(access, List.of(field), new SpanCondition.Or(either));
  }

  private List<String> texts(Access access, List<SpanField> fields, SpanCondition condition) {
    return queries
        .values(access, 0, Long.MAX_VALUE, fields, condition, limits.maxTagValues())
        .stream()
        .map(NameEndpoints::text)
        .filter(text -> !text.isEmpty())
        .distinct()
        .sorted()
        .toList();
  }

  private static String text(SpanValue value) {
    return switch (value) {
      case SpanValue.Text(String text) -> text;
      case SpanValue.Int(long number) -> Long.toString(number);
      case SpanValue.Decimal(double number) -> Double.toString(number);
      case SpanValue.Bool(boolean bool) -> Boolean.toString(bool);
      case SpanValue.Array(List<SpanValue> values) -> values.toString();
      case SpanValue.Other(String text) -> text;
    };
  }

  private static HttpResponse answer(List<String> texts) {
    return JsonAnswer.ok(
        json -> {
          json.writeStartArray();
          for (String text : texts) {
            json.writeString(text);
          }
          json.writeEndArray();
        });
  }
}
