package dev.sextant.trace.elasticsearch;

import dev.sextant.storage.Position;
import dev.sextant.storage.elasticsearch.RowDocument;
import dev.sextant.storage.elasticsearch.RowFields;
import dev.sextant.storage.otlp.AttributeValue;
import dev.sextant.storage.otlp.Attributes;
import dev.sextant.storage.otlp.MalformedOtlpException;
import dev.sextant.storage.otlp.SpanId;
import dev.sextant.trace.Span;
import dev.sextant.trace.SpanBatch;
import dev.sextant.trace.SpanCursor;
import dev.sextant.trace.model.SpanField.Scope;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes documents of spans: what is searched are fields of their own. */
final class SpanDocument {
  private static final Logger LOG = LoggerFactory.getLogger(SpanDocument.class);
  private final String journal;

  SpanDocument(String journal) {
    this.journal = journal;
  }

  /**
   * The documents of a batch's rows, without those before {@code from} and those in {@code
   * present}. What cannot be read was damaged after its receiver validated it, and would be at
   * every replay: it is left out.
   */
  List<RowDocument> write(SpanBatch batch, Position position, long from, Set<Long> present) {
    List<RowDocument> documents = new ArrayList<>(batch.rows());
    SpanCursor cursor = new SpanCursor(batch.payload(), RowFields.LIMITS);
    try {
      while (cursor.next()) {
        long row = position.row() + cursor.index();
        if (row >= from && !present.contains(row)) {
          documents.add(document(batch.tenant(), position, cursor, row));
        }
      }
    } catch (MalformedOtlpException e) {
      LOG.error(
          "the batch of {} spans at row {} cannot be read beyond its span {}; the rest is lost",
          batch.rows(),
          position.row(),
          cursor.index(),
          e);
    }
    return documents;
  }

  private RowDocument document(String tenant, Position position, SpanCursor cursor, long row) {
    Span span = cursor.decode(row);
    RowFields fields =
        new RowFields(tenant, journal, position, row, span.startNanos())
            .term("trace_id", span.traceId().toString())
            .term("span_id", SpanId.toHex(span.spanId()))
            .term("service", span.service())
            .term("name", span.name())
            .term("kind", lower(span.kind()))
            .term("status", lower(span.status()))
            .number("start", span.startNanos())
            .number("end", span.endNanos())
            .number("duration", span.durationNanos());
    if (span.parentSpanId() != 0) {
      fields.term("parent_id", SpanId.toHex(span.parentSpanId()));
    }
    addSent(fields, "status_message", span.statusMessage());
    addSent(fields, "scope_name", span.scope().name());
    addSent(fields, "scope_version", span.scope().version());
    fields.terms("event_name", each(span.events(), Span.Event::name));
    fields.terms("link_trace_id", each(span.links(), link -> link.traceId().toString()));
    fields.terms("link_span_id", each(span.links(), link -> SpanId.toHex(link.spanId())));
    Set<String> keys = new LinkedHashSet<>();
    addAttributes(fields, Scope.SPAN, List.of(span.attributes()), keys);
    addAttributes(fields, Scope.RESOURCE, List.of(span.resource().attributes()), keys);
    addAttributes(fields, Scope.INSTRUMENTATION, List.of(span.scope().attributes()), keys);
    addAttributes(fields, Scope.EVENT, each(span.events(), Span.Event::attributes), keys);
    addAttributes(fields, Scope.LINK, each(span.links(), Span.Link::attributes), keys);
    fields.terms("keys", keys);
    return fields.document(cursor.rows());
  }

  private static <T, P> List<P> each(List<T> parts, Function<T, P> part) {
    return parts.stream().map(part).toList();
  }

  private static void addSent(RowFields fields, String name, String text) {
    if (!text.isEmpty()) {
      fields.term(name, text);
    }
  }

  private static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  /** Texts, numbers so that they sort, and everything else as text: one field each. */
  private static void addAttributes(
      RowFields fields, Scope scope, List<Attributes> attributes, Set<String> keys) {
    String name = AttributeFields.of(scope);
    fields
        .flattened(name, attributes, SpanDocument::texts)
        .flattened(name + AttributeFields.OTHER, attributes, SpanDocument::others)
        .flattened(name + AttributeFields.NUMBER, attributes, SpanDocument::numbers);
    for (Attributes each : attributes) {
      for (Attributes.Entry entry : each.entries()) {
        if (!(entry.value() instanceof AttributeValue.Empty)) {
          keys.add(AttributeFields.key(scope, entry.key()));
        }
      }
    }
  }

  private static List<String> texts(AttributeValue value) {
    return switch (value) {
      case AttributeValue.Text(String text) -> List.of(text);
      case AttributeValue.Array(List<AttributeValue> elements) when isPlain(elements) ->
          elements.stream().flatMap(element -> texts(element).stream()).toList();
      default -> List.of();
    };
  }

  private static List<String> numbers(AttributeValue value) {
    return switch (value) {
      case AttributeValue.Int _, AttributeValue.Decimal _ ->
          List.of(Objects.requireNonNull(NumberKey.of(value)));
      case AttributeValue.Array(List<AttributeValue> elements) when isPlain(elements) ->
          elements.stream().flatMap(element -> numbers(element).stream()).toList();
      default -> List.of();
    };
  }

  private static List<String> others(AttributeValue value) {
    return switch (value) {
      case AttributeValue.Empty _,
          AttributeValue.Text _,
          AttributeValue.Int _,
          AttributeValue.Decimal _ ->
          List.of();
      case AttributeValue.Array(List<AttributeValue> elements)
          when isPlain(elements) && !elements.isEmpty() ->
          elements.stream().flatMap(element -> others(element).stream()).toList();
      case AttributeValue.Bool _,
          AttributeValue.Bytes _,
          AttributeValue.Array _,
          AttributeValue.KeyValues _ ->
          List.of(value.asText());
    };
  }

  /** Whether a list has texts, numbers and booleans only, so that each element counts. */
  private static boolean isPlain(List<AttributeValue> elements) {
    return elements.stream()
        .allMatch(
            element ->
                switch (element) {
                  case AttributeValue.Text _,
                      AttributeValue.Bool _,
                      AttributeValue.Int _,
                      AttributeValue.Decimal _ ->
                      true;
                  case AttributeValue.Empty _,
                      AttributeValue.Bytes _,
                      AttributeValue.Array _,
                      AttributeValue.KeyValues _ ->
                      false;
                });
  }
}
