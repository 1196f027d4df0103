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
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
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
    addAttributes(fields, "attributes", span.attributes());
    addAttributes(fields, "resource", span.resource().attributes());
    return fields.document(cursor.rows());
  }

  private static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  /** Texts, everything else as text, and numbers so that they sort: one field each. */
  private static void addAttributes(RowFields fields, String name, Attributes attributes) {
    fields
        .flattened(name, attributes, SpanDocument::text)
        .flattened(name + "_other", attributes, SpanDocument::other)
        .flattened(name + "_number", attributes, NumberKey::of);
  }

  private static @Nullable String text(AttributeValue value) {
    return value instanceof AttributeValue.Text(String text) ? text : null;
  }

  private static @Nullable String other(AttributeValue value) {
    return value instanceof AttributeValue.Text ? null : value.asText();
  }
}
