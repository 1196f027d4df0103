package dev.sextant.trace.elasticsearch;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.sextant.storage.Position;
import dev.sextant.storage.elasticsearch.IndexText;
import dev.sextant.storage.elasticsearch.RowDocument;
import dev.sextant.storage.otlp.AttributeValue;
import dev.sextant.storage.otlp.Attributes;
import dev.sextant.storage.otlp.RowRewriter;
import dev.sextant.storage.otlp.SpanId;
import dev.sextant.trace.Span;
import dev.sextant.trace.SpanBatch;
import dev.sextant.trace.SpanCursor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Writes spans as documents: what is searched as fields of their own, and the whole span as an OTLP
 * request of one row in {@code otlp}.
 */
final class SpanDocument {
  private static final JsonFactory JSON = new JsonFactory();

  private final String journal;

  SpanDocument(String journal) {
    this.journal = journal;
  }

  /**
   * The documents of a batch's rows, without those before {@code from} and those in {@code
   * present}.
   */
  List<RowDocument> write(SpanBatch batch, Position position, long from, Set<Long> present) {
    List<RowDocument> documents = new ArrayList<>(batch.rows());
    SpanCursor cursor = new SpanCursor(batch.payload());
    while (cursor.next()) {
      long row = position.row() + cursor.index();
      if (row >= from && !present.contains(row)) {
        documents.add(new RowDocument(row, json(batch.tenant(), position, cursor, row)));
      }
    }
    return documents;
  }

  private byte[] json(String tenant, Position position, SpanCursor cursor, long row) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(1_024);
    try (JsonGenerator json = JSON.createGenerator(bytes)) {
      Span span = cursor.decode(row);
      json.writeStartObject();
      json.writeNumberField("@timestamp", Math.floorDiv(span.startNanos(), 1_000_000));
      json.writeStringField("tenant", tenant);
      json.writeStringField("journal", journal);
      json.writeNumberField("row", row);
      json.writeNumberField("arrival", position.stampMillis());
      writeSpan(json, span);
      RowRewriter otlp = new RowRewriter();
      otlp.add(cursor.rows());
      json.writeBinaryField("otlp", otlp.finish().array());
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("writing into memory failed", e);
    }
    return bytes.toByteArray();
  }

  private static void writeSpan(JsonGenerator json, Span span) throws IOException {
    json.writeStringField("trace_id", span.traceId().toString());
    json.writeStringField("span_id", SpanId.toHex(span.spanId()));
    if (span.parentSpanId() != 0) {
      json.writeStringField("parent_id", SpanId.toHex(span.parentSpanId()));
    }
    json.writeStringField("service", IndexText.value(span.service()));
    json.writeStringField("name", IndexText.value(span.name()));
    json.writeStringField("kind", lower(span.kind()));
    json.writeStringField("status", lower(span.status()));
    json.writeNumberField("start", span.startNanos());
    json.writeNumberField("end", span.endNanos());
    json.writeNumberField("duration", span.durationNanos());
    writeAttributes(json, "attributes", span.attributes());
    writeAttributes(json, "resource", span.resource().attributes());
  }

  private static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  /** Texts, everything else as text, and numbers so that they sort: one object each. */
  private static void writeAttributes(JsonGenerator json, String field, Attributes attributes)
      throws IOException {
    List<Attributes.Entry> entries = distinct(attributes);
    writeObject(
        json, field, entries, each -> each instanceof AttributeValue.Text ? each.asText() : null);
    writeObject(
        json,
        field + "_other",
        entries,
        each -> each instanceof AttributeValue.Text ? null : each.asText());
    writeObject(json, field + "_number", entries, NumberKey::of);
  }

  /** The first of each key, as the index will call it. */
  private static List<Attributes.Entry> distinct(Attributes attributes) {
    Set<String> seen = new HashSet<>();
    List<Attributes.Entry> distinct = new ArrayList<>(attributes.entries().size());
    for (Attributes.Entry each : attributes.entries()) {
      String key = IndexText.key(each.key());
      if (seen.add(key)) {
        distinct.add(new Attributes.Entry(key, each.value()));
      }
    }
    return distinct;
  }

  private interface TextOf {
    @Nullable String apply(AttributeValue value);
  }

  private static void writeObject(
      JsonGenerator json, String field, List<Attributes.Entry> entries, TextOf text)
      throws IOException {
    boolean begun = false;
    for (Attributes.Entry each : entries) {
      String value = text.apply(each.value());
      if (value != null) {
        if (!begun) {
          json.writeObjectFieldStart(field);
          begun = true;
        }
        json.writeStringField(each.key(), IndexText.value(value));
      }
    }
    if (begun) {
      json.writeEndObject();
    }
  }
}
