package dev.sextant.log;

import dev.sextant.storage.block.Grouping;
import dev.sextant.storage.block.RowBlock;
import dev.sextant.storage.otlp.AttributeValue;
import dev.sextant.storage.otlp.OtlpDecoder;
import dev.sextant.storage.otlp.OtlpLimits;
import dev.sextant.storage.otlp.ProtoReader;
import dev.sextant.storage.otlp.Resource;
import dev.sextant.storage.otlp.Scope;
import dev.sextant.storage.otlp.Slice;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A block read as log lines. Resources and scopes are decoded once each; a payload is touched only
 * for what columns do not hold. For one thread.
 */
final class StoredLines {
  private static final int BODY = 5;
  private static final int ATTRIBUTES = 6;

  private final RowBlock block;
  private @Nullable Resource @Nullable [] resources;
  private @Nullable Scope @Nullable [] scopes;

  StoredLines(RowBlock block) {
    this.block = block;
  }

  RowBlock block() {
    return block;
  }

  long[] times() {
    return block.times();
  }

  /** 0 where not sent. */
  long[] observed() {
    return block.column(LogColumns.OBSERVED);
  }

  long[] severities() {
    return block.column(LogColumns.SEVERITY);
  }

  /** {@link Level#ordinal()}. */
  long[] levels() {
    return block.column(LogColumns.LEVEL);
  }

  long[] traceHigh() {
    return block.column(LogColumns.TRACE_HIGH);
  }

  long[] traceLow() {
    return block.column(LogColumns.TRACE_LOW);
  }

  long[] spanIds() {
    return block.column(LogColumns.SPAN);
  }

  Resource resource(int index) {
    List<Slice> entries = block.dictionary(LogColumns.RESOURCE);
    if (resources == null) {
      resources = new Resource[entries.size()];
    }
    int id = (int) block.dictionaryIds(LogColumns.RESOURCE)[index];
    Resource known = resources[id];
    if (known == null) {
      known = Grouping.resource(entries.get(id));
      resources[id] = known;
    }
    return known;
  }

  Scope scope(int index) {
    List<Slice> entries = block.dictionary(LogColumns.SCOPE);
    if (scopes == null) {
      scopes = new Scope[entries.size()];
    }
    int id = (int) block.dictionaryIds(LogColumns.SCOPE)[index];
    Scope known = scopes[id];
    if (known == null) {
      known = Grouping.scope(entries.get(id));
      scopes[id] = known;
    }
    return known;
  }

  /** The body as {@link AttributeValue#asText()} gives it. */
  String bodyText(int index) {
    ProtoReader fields = payload(index);
    String text = "";
    while (fields.next()) {
      if (fields.field() == BODY) {
        text = OtlpDecoder.value(fields).asText();
      } else {
        fields.skip();
      }
    }
    return text;
  }

  /** The text of an attribute of the line, else of its resource; null where neither has it. */
  @Nullable String field(int index, String name, byte[] key) {
    AttributeValue own = OtlpDecoder.find(payload(index), ATTRIBUTES, key);
    AttributeValue value = own != null ? own : resource(index).attributes().get(name);
    return value == null ? null : value.asText();
  }

  /** A line's fields that are not in columns. */
  ProtoReader payload(int index) {
    return new ProtoReader(block.payload(index), OtlpLimits.STORED);
  }

  LogLine decode(int index) {
    return LogDecoder.decode(payload(index), this, index);
  }
}
