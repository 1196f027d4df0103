package dev.sextant.trace;

import dev.sextant.storage.block.Grouping;
import dev.sextant.storage.block.RowBlock;
import dev.sextant.storage.otlp.OtlpLimits;
import dev.sextant.storage.otlp.ProtoReader;
import dev.sextant.storage.otlp.Resource;
import dev.sextant.storage.otlp.Scope;
import dev.sextant.storage.otlp.Slice;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A block read as spans. Names, resources and scopes are decoded once each; a payload is touched
 * only for what columns do not hold. For one thread.
 */
final class StoredSpans {
  private final RowBlock block;
  private @Nullable Entries<Resource> resources;
  private @Nullable Entries<Scope> scopes;
  private @Nullable Entries<String> names;

  StoredSpans(RowBlock block) {
    this.block = block;
  }

  /** A dictionary whose entries are decoded when first asked for. */
  private static final class Entries<T> {
    final List<Slice> encoded;
    final long[] ids;
    final Function<Slice, T> decoder;
    final @Nullable Object[] decoded;

    Entries(RowBlock block, int dictionary, Function<Slice, T> decoder) {
      this.encoded = block.dictionary(dictionary);
      this.ids = block.dictionaryIds(dictionary);
      this.decoder = decoder;
      this.decoded = new Object[encoded.size()];
    }

    @SuppressWarnings("unchecked")
    T get(int row) {
      int id = (int) ids[row];
      Object known = decoded[id];
      if (known == null) {
        known = decoder.apply(encoded.get(id));
        decoded[id] = known;
      }
      return (T) known;
    }
  }

  RowBlock block() {
    return block;
  }

  long[] starts() {
    return block.times();
  }

  /** End minus start, which may be negative. */
  long[] lengths() {
    return block.column(SpanColumns.LENGTH);
  }

  long[] traceHigh() {
    return block.column(SpanColumns.TRACE_HIGH);
  }

  long[] traceLow() {
    return block.column(SpanColumns.TRACE_LOW);
  }

  long[] spanIds() {
    return block.column(SpanColumns.SPAN);
  }

  long[] parents() {
    return block.column(SpanColumns.PARENT);
  }

  long[] kinds() {
    return block.column(SpanColumns.KIND);
  }

  long[] statuses() {
    return block.column(SpanColumns.STATUS);
  }

  Resource resource(int index) {
    if (resources == null) {
      resources = new Entries<>(block, SpanColumns.RESOURCE, Grouping::resource);
    }
    return resources.get(index);
  }

  Scope scope(int index) {
    if (scopes == null) {
      scopes = new Entries<>(block, SpanColumns.SCOPE, Grouping::scope);
    }
    return scopes.get(index);
  }

  String name(int index) {
    if (names == null) {
      names = new Entries<>(block, SpanColumns.NAME, Slice::text);
    }
    return names.get(index);
  }

  /** A span's fields that are not in columns. */
  ProtoReader payload(int index) {
    return new ProtoReader(block.payload(index), OtlpLimits.STORED);
  }

  Span decode(int index) {
    return SpanDecoder.decode(payload(index), this, index);
  }
}
