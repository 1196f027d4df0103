package dev.sextant.api.trace;

import dev.sextant.storage.otlp.Resource;
import dev.sextant.traceql.ast.Attribute;
import dev.sextant.traceql.ast.FieldExpr;
import dev.sextant.traceql.ast.FieldOp;
import dev.sextant.traceql.ast.Intrinsic;
import dev.sextant.traceql.ast.LogicalOp;
import dev.sextant.traceql.ast.Pipeline;
import dev.sextant.traceql.ast.Place;
import dev.sextant.traceql.ast.Query;
import dev.sextant.traceql.ast.Reference;
import dev.sextant.traceql.ast.SpansetExpr;
import dev.sextant.traceql.ast.Static;
import java.util.ArrayList;
import java.util.List;

/** Parts of queries in TraceQL, for APIs that ask by parameters: conditions on one span. */
public final class SpanConditions {
  private SpanConditions() {}

  /** Traces with a span that satisfies all conditions; every trace where there are none. */
  public static Query query(List<FieldExpr> conditions) {
    FieldExpr condition =
        switch (conditions.size()) {
          case 0 -> new FieldExpr.Literal(Static.TRUE, Place.NONE);
          case 1 -> conditions.getFirst();
          default -> new FieldExpr.Logical(LogicalOp.AND, conditions, Place.NONE);
        };
    SpansetExpr filter = new SpansetExpr.Filter(condition, Place.NONE);
    return new Query(new Query.Body.Search(new Pipeline(List.of(filter), Place.NONE)), List.of());
  }

  /** Spans whose resource names no service are shown as of one that is called unknown. */
  public static FieldExpr service(String name) {
    FieldExpr named = equal(Attribute.SERVICE_NAME, new Static.Text(name));
    return name.equals(Resource.EMPTY.service())
        ? either(
            List.of(
                named, new FieldExpr.Presence(false, field(Attribute.SERVICE_NAME), Place.NONE)))
        : named;
  }

  public static FieldExpr operation(String name) {
    return equal(Intrinsic.NAME, new Static.Text(name));
  }

  /** Whether the span's status is an error. */
  public static FieldExpr error(boolean wanted) {
    return compare(
        Intrinsic.STATUS, wanted ? FieldOp.EQUAL : FieldOp.NOT_EQUAL, Static.Status.ERROR);
  }

  public static FieldExpr atLeast(long durationNanos) {
    return duration(FieldOp.GREATER_OR_EQUAL, durationNanos);
  }

  public static FieldExpr atMost(long durationNanos) {
    return duration(FieldOp.LESS_OR_EQUAL, durationNanos);
  }

  private static FieldExpr duration(FieldOp op, long nanos) {
    return compare(Intrinsic.DURATION, op, new Static.Duration(nanos));
  }

  /**
   * An attribute of whatever scope that is equal as text, or as the number or boolean that the text
   * reads as.
   */
  public static FieldExpr attribute(String key, String value) {
    Attribute attribute = new Attribute(Attribute.Scope.ANY, key);
    List<FieldExpr> either = new ArrayList<>();
    either.add(equal(attribute, new Static.Text(value)));
    if (value.matches("-?\\d{1,18}")) {
      either.add(equal(attribute, new Static.Int(Long.parseLong(value))));
    } else if (value.matches("-?\\d+\\.\\d+([eE][+-]?\\d+)?")) {
      either.add(equal(attribute, new Static.Float(Double.parseDouble(value))));
    } else if (value.equals("true") || value.equals("false")) {
      either.add(equal(attribute, new Static.Bool(value.equals("true"))));
    }
    return either(either);
  }

  /** Any of the conditions, of which there is at least one. */
  public static FieldExpr either(List<FieldExpr> parts) {
    if (parts.size() == 1) {
      return parts.getFirst();
    }
    // A first operand that is a disjunction itself would not be what its text reads as.
    List<FieldExpr> flat = new ArrayList<>();
    for (FieldExpr part : parts) {
      if (part instanceof FieldExpr.Logical(LogicalOp op, var operands, Place place)
          && op == LogicalOp.OR) {
        flat.addAll(operands);
      } else {
        flat.add(part);
      }
    }
    return new FieldExpr.Logical(LogicalOp.OR, flat, Place.NONE);
  }

  public static FieldExpr equal(Reference reference, Static value) {
    return compare(reference, FieldOp.EQUAL, value);
  }

  private static FieldExpr field(Reference reference) {
    return new FieldExpr.Field(reference, Place.NONE);
  }

  private static FieldExpr compare(Reference reference, FieldOp op, Static value) {
    return new FieldExpr.Binary(
        op, field(reference), new FieldExpr.Literal(value, Place.NONE), Place.NONE);
  }
}
