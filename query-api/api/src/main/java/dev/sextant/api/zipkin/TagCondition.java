package dev.sextant.api.zipkin;

import dev.sextant.api.http.ApiException;
import dev.sextant.traceql.ast.Attribute;
import dev.sextant.traceql.ast.FieldExpr;
import dev.sextant.traceql.ast.FieldOp;
import dev.sextant.traceql.ast.Intrinsic;
import dev.sextant.traceql.ast.LogicalOp;
import dev.sextant.traceql.ast.Place;
import dev.sextant.traceql.ast.Reference;
import dev.sextant.traceql.ast.Static;
import java.util.ArrayList;
import java.util.List;

/**
 * What a span must have to show a tag, or an annotation, in Zipkin's model: the inverse of {@link
 * ZipkinTags}.
 */
final class TagCondition {
  private TagCondition() {}

  /**
   * @param value empty for any, or for an annotation of the key's name
   */
  static FieldExpr of(String key, String value) {
    List<FieldExpr> either = new ArrayList<>();
    if (value.isEmpty()) {
      either.add(compare(Intrinsic.EVENT_NAME, FieldOp.EQUAL, new Static.Text(key)));
    }
    for (Attribute.Scope scope : List.of(Attribute.Scope.SPAN, Attribute.Scope.RESOURCE)) {
      attribute(new Attribute(scope, key), value, either);
    }
    fields(key, value, either);
    return join(LogicalOp.OR, either);
  }

  /** Equal as text, or as the number or boolean that the value reads as. */
  private static void attribute(Attribute attribute, String value, List<FieldExpr> either) {
    if (value.isEmpty()) {
      either.add(present(attribute));
      return;
    }
    either.add(compare(attribute, FieldOp.EQUAL, new Static.Text(value)));
    if (value.matches("-?\\d{1,18}")) {
      either.add(compare(attribute, FieldOp.EQUAL, new Static.Int(Long.parseLong(value))));
    } else if (value.matches("-?\\d{1,18}\\.\\d{1,18}([eE][+-]?\\d{1,3})?")) {
      either.add(compare(attribute, FieldOp.EQUAL, new Static.Float(Double.parseDouble(value))));
    } else if (value.equals("true") || value.equals("false")) {
      either.add(compare(attribute, FieldOp.EQUAL, new Static.Bool(value.equals("true"))));
    }
  }

  /** Tags that are made of fields. */
  private static void fields(String key, String value, List<FieldExpr> either) {
    switch (key) {
      case "error" -> either.add(failed(value));
      case "span.kind" -> {
        if (value.isEmpty() || value.equals("internal")) {
          either.add(compare(Intrinsic.KIND, FieldOp.EQUAL, Static.Kind.INTERNAL));
        }
      }
      case "otel.status_code" -> {
        if (value.isEmpty() || value.equals("OK")) {
          either.add(compare(Intrinsic.STATUS, FieldOp.EQUAL, Static.Status.OK));
        }
      }
      case "otel.scope.name" -> field(Intrinsic.INSTRUMENTATION_NAME, value, either);
      case "otel.scope.version" -> field(Intrinsic.INSTRUMENTATION_VERSION, value, either);
      case "w3c.tracestate" ->
          throw ApiException.badRequest(
              "parameter 'annotationQuery' asks for w3c.tracestate, which cannot be searched for");
      default -> {}
    }
  }

  private static FieldExpr failed(String value) {
    FieldExpr failed = compare(Intrinsic.STATUS, FieldOp.EQUAL, Static.Status.ERROR);
    if (value.isEmpty()) {
      return failed;
    }
    FieldExpr says = message(value);
    FieldExpr meant = value.equals("true") ? join(LogicalOp.OR, List.of(says, message(""))) : says;
    return join(LogicalOp.AND, List.of(failed, meant));
  }

  /** A span without a message has an empty one. */
  private static FieldExpr message(String text) {
    return compare(Intrinsic.STATUS_MESSAGE, FieldOp.EQUAL, new Static.Text(text));
  }

  private static void field(Reference reference, String value, List<FieldExpr> either) {
    either.add(
        value.isEmpty()
            ? present(reference)
            : compare(reference, FieldOp.EQUAL, new Static.Text(value)));
  }

  private static FieldExpr present(Reference reference) {
    return new FieldExpr.Presence(true, new FieldExpr.Field(reference, Place.NONE), Place.NONE);
  }

  static FieldExpr compare(Reference reference, FieldOp op, Static value) {
    return new FieldExpr.Binary(
        op,
        new FieldExpr.Field(reference, Place.NONE),
        new FieldExpr.Literal(value, Place.NONE),
        Place.NONE);
  }

  /** Conditions joined; a single one as it is. */
  static FieldExpr join(LogicalOp op, List<FieldExpr> parts) {
    return parts.size() == 1 ? parts.getFirst() : new FieldExpr.Logical(op, parts, Place.NONE);
  }
}
