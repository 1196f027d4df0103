package dev.sextant.trace;

import dev.sextant.storage.block.StoredParts;
import dev.sextant.storage.codec.Bloom;
import dev.sextant.storage.codec.ByteSource;
import dev.sextant.storage.codec.CorruptDataException;
import dev.sextant.storage.table.StoredTable;
import org.jspecify.annotations.Nullable;

/** The tables of a stored block of spans, see {@link SpanTables}. For one thread. */
final class StoredSpanTables {
  /** The kind of a block in order of arrival, the first byte of its section. */
  static final int ARRIVAL = 0;

  final StoredParts parts;
  final StoredTable traces;
  final StoredTable resources;
  final StoredTable scopes;
  final StoredTable spans;
  final StoredTable events;
  final StoredTable links;
  private final int bloomPart;
  private @Nullable Bloom bloom;

  /**
   * @throws CorruptDataException where the section is none of a block of spans
   */
  StoredSpanTables(StoredParts parts) {
    this.parts = parts;
    ByteSource section = new ByteSource(parts.section());
    int kind = section.get();
    if (kind != ARRIVAL) {
      throw new CorruptDataException("a block of spans has the unknown kind " + kind);
    }
    bloomPart = section.getCount(parts.count());
    traces = new StoredTable(parts, section);
    resources = new StoredTable(parts, section);
    scopes = new StoredTable(parts, section);
    spans = new StoredTable(parts, section);
    events = new StoredTable(parts, section);
    links = new StoredTable(parts, section);
    if (spans.rows() != parts.rows()) {
      throw new CorruptDataException("a block's table of spans has another number of rows");
    }
  }

  /** Number of the part that holds the bloom filter over trace ids. */
  int bloomPart() {
    return bloomPart;
  }

  boolean mightContainTrace(long high, long low) {
    Bloom filter = bloom;
    if (filter == null) {
      filter = parts.decode(bloomPart, "bloom", Bloom::decode);
      bloom = filter;
    }
    return filter.mightContain(SpanKeys.ofTrace(high, low));
  }
}
