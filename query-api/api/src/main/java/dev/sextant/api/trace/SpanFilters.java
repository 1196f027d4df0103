package dev.sextant.api.trace;

import dev.sextant.api.http.ApiException;
import dev.sextant.api.http.Params;
import dev.sextant.storage.otlp.AttributeValue;
import dev.sextant.trace.SpanField;
import dev.sextant.trace.SpanFilter;
import dev.sextant.trace.SpanFilter.Op;
import java.util.ArrayList;
import java.util.List;

/** Reads a trace search's parameters. */
final class SpanFilters {
  private SpanFilters() {}

  static SpanFilter read(Params params) {
    List<SpanFilter> parts = new ArrayList<>();
    params
        .text("service")
        .ifPresent(it -> parts.add(equal(SpanField.SERVICE, AttributeValue.of(it))));
    params
        .text("operation")
        .ifPresent(it -> parts.add(equal(SpanField.NAME, AttributeValue.of(it))));
    params.all("attribute").forEach(it -> parts.add(attribute(it)));
    params
        .durationNanos("minDuration")
        .ifPresent(it -> parts.add(duration(Op.GREATER_OR_EQUAL, it)));
    params.durationNanos("maxDuration").ifPresent(it -> parts.add(duration(Op.LESS_OR_EQUAL, it)));
    params.bool("error").ifPresent(it -> parts.add(error(it)));
    return new SpanFilter.And(parts);
  }

  private static SpanFilter error(boolean wanted) {
    if (wanted) {
      return equal(SpanField.STATUS, AttributeValue.of("error"));
    }
    return new SpanFilter.Or(
        List.of(
            equal(SpanField.STATUS, AttributeValue.of("unset")),
            equal(SpanField.STATUS, AttributeValue.of("ok"))));
  }

  private static SpanFilter duration(Op op, long nanos) {
    return new SpanFilter.Compare(SpanField.DURATION, op, AttributeValue.of(nanos));
  }

  /** {@code key=value}: equal as text, or as the number or boolean that the value reads as. */
  private static SpanFilter attribute(String text) {
    int equals = text.indexOf('=');
    if (equals < 1) {
      throw ApiException.badRequest(
          "parameter 'attribute' is '" + Params.shown(text) + "'; write it as key=value");
    }
    SpanField field = new SpanField(SpanField.Place.ANY, text.substring(0, equals));
    String value = text.substring(equals + 1);
    List<SpanFilter> either = new ArrayList<>();
    either.add(equal(field, AttributeValue.of(value)));
    if (value.matches("-?\\d{1,18}")) {
      either.add(equal(field, AttributeValue.of(Long.parseLong(value))));
    } else if (value.matches("-?\\d+\\.\\d+([eE][+-]?\\d+)?")) {
      either.add(equal(field, AttributeValue.of(Double.parseDouble(value))));
    } else if (value.equals("true") || value.equals("false")) {
      either.add(equal(field, AttributeValue.of(Boolean.parseBoolean(value))));
    }
    return either.size() == 1 ? either.getFirst() : new SpanFilter.Or(either);
  }

  private static SpanFilter equal(SpanField field, AttributeValue value) {
    return new SpanFilter.Compare(field, Op.EQUAL, value);
  }
}
