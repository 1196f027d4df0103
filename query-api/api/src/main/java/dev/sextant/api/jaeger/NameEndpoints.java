package dev.sextant.api.jaeger;

import com.fasterxml.jackson.core.JsonGenerator;
import com.linecorp.armeria.common.HttpResponse;
import dev.sextant.api.access.Access;
import dev.sextant.api.http.JsonAnswer;
import dev.sextant.api.http.Params;
import dev.sextant.api.tempo.TempoLimits;
import dev.sextant.api.trace.SpanConditions;
import dev.sextant.api.trace.TraceQlQueries;
import dev.sextant.trace.model.SpanCondition;
import dev.sextant.trace.model.SpanField;
import dev.sextant.trace.model.SpanValue;
import dev.sextant.traceql.TraceQlEngine;
import dev.sextant.traceql.ast.FieldExpr;
import dev.sextant.traceql.ast.Intrinsic;
import dev.sextant.traceql.ast.Query;
import dev.sextant.traceql.ast.Static;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Names of services and operations, of all spans that are kept. */
final class NameEndpoints {
  private final TraceQlQueries queries;
  private final TempoLimits limits;

  NameEndpoints(TraceQlQueries queries, TempoLimits limits) {
    this.queries = queries;
    this.limits = limits;
  }

  /** An operation of spans of one kind. */
  private record Operation(String name, Static.Kind kind) {
    /** As Jaeger says it: nothing where the sender did not. */
    String kindText() {
      return kind == Static.Kind.UNSPECIFIED ? "" : kind.text();
    }
  }

  HttpResponse services(Access access, Params params) {
    JaegerParams.only(params, Set.of());
    return Envelope.texts(services(access));
  }

  HttpResponse servicesV3(Access access, Params params) {
    JaegerParams.only(params, Set.of());
    List<String> services = services(access);
    return JsonAnswer.ok(
        json -> {
          json.writeStartObject();
          json.writeArrayFieldStart("services");
          for (String service : services) {
            json.writeString(service);
          }
          json.writeEndArray();
          json.writeEndObject();
        });
  }

  private List<String> services(Access access) {
    return texts(access, SpanField.SERVICE, SpanCondition.ALL);
  }

  /** {@code services/{service}/operations}: names alone. */
  HttpResponse ofService(Access access, Params params) {
    JaegerParams.only(params, Set.of());
    FieldExpr service = SpanConditions.service(params.path("service"));
    return Envelope.texts(texts(access, SpanField.Intrinsic.NAME, condition(List.of(service))));
  }

  HttpResponse operations(Access access, Params params) {
    JaegerParams.only(params, Set.of("service", "spanKind"));
    List<Operation> operations = operations(access, params, "spanKind");
    return Envelope.of(operations.size(), json -> write(json, operations, ""));
  }

  HttpResponse operationsV3(Access access, Params params) {
    JaegerParams.only(params, V3Names.OPERATIONS);
    List<Operation> operations = operations(access, params, V3Names.given(params, "span_kind"));
    return JsonAnswer.ok(
        json -> {
          json.writeStartObject();
          json.writeFieldName("operations");
          write(json, operations, "internal");
          json.writeEndObject();
        });
  }

  private List<Operation> operations(Access access, Params params, String kindName) {
    List<Static.Kind> kinds =
        params
            .text(kindName)
            .map(text -> List.of(kind(kindName, text)))
            .orElse(Arrays.asList(Static.Kind.values()));
    Optional<FieldExpr> service = params.text("service").map(SpanConditions::service);
    List<Operation> operations = new ArrayList<>();
    for (Static.Kind kind : kinds) {
      List<FieldExpr> conditions = new ArrayList<>(service.stream().toList());
      conditions.add(SpanConditions.equal(Intrinsic.KIND, kind));
      texts(access, SpanField.Intrinsic.NAME, condition(conditions))
          .forEach(name -> operations.add(new Operation(name, kind)));
    }
    operations.sort(Comparator.comparing(Operation::name).thenComparing(Operation::kind));
    return operations;
  }

  static Static.Kind kind(String name, String text) {
    String bare = text.toLowerCase(Locale.ROOT).replace("span_kind_", "");
    for (Static.Kind kind : Static.Kind.values()) {
      if (kind.text().equals(bare)) {
        return kind;
      }
    }
    throw Params.bad(name, text, "server, client, producer, consumer, internal or unspecified");
  }

  private static void write(JsonGenerator json, List<Operation> operations, String unspecified)
      throws IOException {
    json.writeStartArray();
    for (Operation operation : operations) {
      json.writeStartObject();
      json.writeStringField("name", operation.name());
      String kind = operation.kindText();
      json.writeStringField("spanKind", kind.isEmpty() ? unspecified : kind);
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static SpanCondition condition(List<FieldExpr> conditions) {
    Query.Body.Search search = (Query.Body.Search) SpanConditions.query(conditions).body();
    return TraceQlEngine.condition(search.pipeline());
  }

  /** Distinct texts of a field, sorted; the most frequent where there are too many. */
  private List<String> texts(Access access, SpanField field, SpanCondition condition) {
    return queries
        .values(access, 0, Long.MAX_VALUE, List.of(field), condition, limits.maxTagValues())
        .stream()
        .flatMap(
            value ->
                value instanceof SpanValue.Text(String text) ? Stream.of(text) : Stream.empty())
        .filter(text -> !text.isEmpty())
        .sorted()
        .toList();
  }
}
