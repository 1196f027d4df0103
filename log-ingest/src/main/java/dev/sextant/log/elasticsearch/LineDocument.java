package dev.sextant.log.elasticsearch;

import dev.sextant.log.LogBatch;
import dev.sextant.log.LogCursor;
import dev.sextant.log.LogLine;
import dev.sextant.log.Words;
import dev.sextant.storage.Position;
import dev.sextant.storage.elasticsearch.RowDocument;
import dev.sextant.storage.elasticsearch.RowFields;
import dev.sextant.storage.otlp.AttributeValue;
import dev.sextant.storage.otlp.Attributes;
import dev.sextant.storage.otlp.MalformedOtlpException;
import dev.sextant.storage.otlp.SpanId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes documents of log lines: what is searched are fields of their own. */
final class LineDocument {
  private static final Logger LOG = LoggerFactory.getLogger(LineDocument.class);
  private static final long NANOS = 1_000_000;

  private final String journal;

  LineDocument(String journal) {
    this.journal = journal;
  }

  /**
   * The documents of a batch's rows, without those before {@code from} and those in {@code
   * present}. What cannot be read was damaged after its receiver validated it, and would be at
   * every replay: it is left out.
   */
  List<RowDocument> write(LogBatch batch, Position position, long from, Set<Long> present) {
    List<RowDocument> documents = new ArrayList<>(batch.rows());
    LogCursor cursor =
        new LogCursor(batch.payload(), position.stampMillis() * NANOS, RowFields.LIMITS);
    try {
      while (cursor.next()) {
        long row = position.row() + cursor.index();
        if (row >= from && !present.contains(row)) {
          documents.add(document(batch.tenant(), position, cursor, row));
        }
      }
    } catch (MalformedOtlpException e) {
      LOG.error(
          "the batch of {} lines at row {} cannot be read beyond its line {}; the rest is lost",
          batch.rows(),
          position.row(),
          cursor.index(),
          e);
    }
    return documents;
  }

  private RowDocument document(String tenant, Position position, LogCursor cursor, long row) {
    LogLine line = cursor.decode(row);
    String body = line.body().asText();
    RowFields fields =
        new RowFields(tenant, journal, position, row, line.timeNanos())
            .number("time", line.timeNanos())
            .term("service", line.service())
            .term("level", line.level().name().toLowerCase(Locale.ROOT))
            .text("body", body)
            .text("words", String.join(" ", Words.list(Words.fold(body))))
            .flattened("fields", effective(line), AttributeValue::asText);
    if (line.severity() >= 1 && line.severity() <= 24) {
      fields.number("severity", line.severity());
    }
    if (!line.traceId().isNone()) {
      fields.term("trace_id", line.traceId().toString());
    }
    if (line.spanId() != 0) {
      fields.term("span_id", SpanId.toHex(line.spanId()));
    }
    return fields.document(cursor.rows());
  }

  /** The line's own attributes before its resource's. */
  private static Attributes effective(LogLine line) {
    List<Attributes.Entry> entries = new ArrayList<>(line.attributes().entries());
    entries.addAll(line.resource().attributes().entries());
    return new Attributes(entries);
  }
}
