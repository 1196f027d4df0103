package dev.sextant.metrics.embedded;

import dev.sextant.metrics.model.Labels;
import java.lang.foreign.MemorySegment;
import java.util.BitSet;
import java.util.function.IntFunction;
import java.util.function.Predicate;

/** The index of a block, read where it is mapped. Thread-safe. */
final class BlockIndex implements PostingsIndex {
  private static final int NAME_BYTES = 12;
  private static final int VALUE_BYTES = 8;

  private final SymbolTable symbols;
  private final MemorySegment names;
  private final MemorySegment values;
  private final MemorySegment postings;
  private final MemorySegment offsets;
  private final MemorySegment entries;
  private final int series;

  BlockIndex(IntFunction<MemorySegment> sections, int series) {
    this.symbols = new SymbolTable(sections.apply(BlockFooter.SYMBOLS));
    this.names = sections.apply(BlockFooter.NAMES);
    this.values = sections.apply(BlockFooter.VALUES);
    this.postings = sections.apply(BlockFooter.POSTINGS);
    this.offsets = sections.apply(BlockFooter.OFFSETS);
    this.entries = sections.apply(BlockFooter.SERIES);
    this.series = series;
  }

  Labels labels(int id) {
    Mapped at = entry(id);
    String[] pairs = new String[2 * (int) at.varint()];
    for (int i = 0; i < pairs.length; i++) {
      pairs[i] = symbols.text((int) at.varint());
    }
    return Labels.ofSorted(pairs);
  }

  /** The place where a series' chunks are listed. */
  Mapped chunks(int id) {
    Mapped at = entry(id);
    for (long left = 2 * at.varint(); left > 0; left--) {
      at.varint();
    }
    return at;
  }

  private Mapped entry(int id) {
    return new Mapped(entries, Integer.toUnsignedLong(Mapped.u32(offsets, 4L * id)));
  }

  @Override
  public void addAll(BitSet into) {
    into.set(0, series);
  }

  @Override
  public void addEqual(String name, String value, BitSet into) {
    long place = name(name);
    int symbol = symbols.find(value);
    if (place < 0 || symbol < 0) {
      return;
    }
    int first = Mapped.u32(names, place + 4);
    int end = first + Mapped.u32(names, place + 8);
    int found = lowerBound(values, VALUE_BYTES, first, end, symbol);
    if (found < end && Mapped.u32(values, (long) VALUE_BYTES * found) == symbol) {
      addPosting(found, into);
    }
  }

  @Override
  public void addMatching(String name, String prefix, Predicate<String> test, BitSet into) {
    long place = name(name);
    if (place < 0) {
      return;
    }
    int first = Mapped.u32(names, place + 4);
    int end = first + Mapped.u32(names, place + 8);
    int symbol = symbols.find(prefix);
    int from = lowerBound(values, VALUE_BYTES, first, end, symbol < 0 ? -symbol - 1 : symbol);
    for (int i = from; i < end; i++) {
      String value = symbols.text(Mapped.u32(values, (long) VALUE_BYTES * i));
      if (!value.startsWith(prefix)) {
        return;
      }
      if (test.test(value)) {
        addPosting(i, into);
      }
    }
  }

  /** Where a label's name stands, or −1. */
  private long name(String name) {
    int symbol = symbols.find(name);
    int count = (int) (names.byteSize() / NAME_BYTES);
    int found = symbol < 0 ? count : lowerBound(names, NAME_BYTES, 0, count, symbol);
    long place = (long) NAME_BYTES * found;
    return found < count && Mapped.u32(names, place) == symbol ? place : -1;
  }

  /**
   * Index of the first row from {@code low} to {@code high} whose symbol is at least the one given.
   */
  private static int lowerBound(MemorySegment table, int rowBytes, int low, int high, int symbol) {
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (Mapped.u32(table, (long) rowBytes * middle) < symbol) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private void addPosting(int value, BitSet into) {
    long from = Integer.toUnsignedLong(Mapped.u32(values, (long) VALUE_BYTES * value + 4));
    boolean last = (value + 1L) * VALUE_BYTES == values.byteSize();
    long to =
        last
            ? postings.byteSize()
            : Integer.toUnsignedLong(Mapped.u32(values, (value + 1L) * VALUE_BYTES + 4));
    Mapped at = new Mapped(postings.asSlice(from, to - from), 0);
    int end = 0;
    while (!at.atEnd()) {
      int start = end + (int) at.varint();
      end = start + (int) at.varint() + 1;
      into.set(start, end);
    }
  }
}
