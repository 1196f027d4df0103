package dev.sextant.trace;

import dev.sextant.storage.block.StoredParts;
import dev.sextant.storage.codec.Bloom;
import dev.sextant.storage.codec.ByteSource;
import dev.sextant.storage.codec.CorruptDataException;
import dev.sextant.storage.table.StoredTable;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The tables of a stored block of spans, see {@link SpanTables}. For one thread. */
final class StoredSpanTables {
  /** The kind of a block in order of arrival, the first byte of its section. */
  static final int ARRIVAL = 0;

  /** The kind of a block of a run. */
  static final int TRACE_MAJOR = 1;

  private final int kind;

  final StoredParts parts;
  final StoredTable traces;
  final StoredTable resources;
  final StoredTable scopes;
  final StoredTable spans;
  final StoredTable events;
  final StoredTable links;
  private final @Nullable StoredTable parents;

  /** Of blocks in order of arrival. */
  private final int bloomPart;

  /** Of blocks of a run, a number for their first row. */
  private final long firstRow;

  private @Nullable Bloom bloom;

  /**
   * @throws CorruptDataException where the section is none of a block of spans
   */
  StoredSpanTables(StoredParts parts) {
    this.parts = parts;
    ByteSource section = new ByteSource(parts.section());
    kind = section.get();
    if (kind != ARRIVAL && kind != TRACE_MAJOR) {
      throw new CorruptDataException("a block of spans has the unknown kind " + kind);
    }
    bloomPart = kind == ARRIVAL ? section.getCount(parts.count()) : -1;
    firstRow = kind == ARRIVAL ? 0 : section.getVarint();
    traces = new StoredTable(parts, section);
    resources = new StoredTable(parts, section);
    scopes = new StoredTable(parts, section);
    spans = new StoredTable(parts, section);
    events = new StoredTable(parts, section);
    links = new StoredTable(parts, section);
    parents = kind == ARRIVAL ? null : new StoredTable(parts, section);
    if (spans.rows() != parts.rows()) {
      throw new CorruptDataException("a block's table of spans has another number of rows");
    }
  }

  boolean isTraceMajor() {
    return kind == TRACE_MAJOR;
  }

  /** Ids of parents that follow from no row; of a block of a run. */
  StoredTable parents() {
    return Objects.requireNonNull(parents);
  }

  /** A number for the first row of a block of a run. */
  long firstRow() {
    return firstRow;
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
