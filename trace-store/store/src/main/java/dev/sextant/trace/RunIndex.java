package dev.sextant.trace;

import dev.sextant.storage.block.BlockContent;
import dev.sextant.storage.block.StoredParts;
import dev.sextant.storage.codec.ByteSource;
import dev.sextant.storage.codec.ByteWriter;
import dev.sextant.storage.codec.CorruptDataException;
import dev.sextant.storage.codec.Effort;
import dev.sextant.storage.codec.LongVector;
import java.util.Arrays;
import java.util.function.IntConsumer;
import java.util.function.LongConsumer;

/**
 * Which block of a run holds a trace. Keys ({@link SpanKeys#ofTrace}) are cut to some upper bits
 * and sorted; their upper bits name one of a power of two of parts, each of which is read alone and
 * holds the next 32 bits and the block of about 4,096 traces. Two traces with the same bits are
 * told apart in their blocks. For one thread.
 */
final class RunIndex {
  static final int VERSION = 0;
  private static final int ENTRIES = 4096;
  private static final int MAX_BITS = 12;
  private static final int KEPT_BITS = 32;

  private final StoredParts parts;

  /** How many upper bits name a part. */
  private final int bits;

  /** By part, how many traces it holds. */
  private final int[] counts;

  private final int splitCount;

  /**
   * @throws CorruptDataException where the section is no index's
   */
  RunIndex(StoredParts parts) {
    this.parts = parts;
    ByteSource section = new ByteSource(parts.section());
    int version = section.get();
    if (version != VERSION) {
      throw new CorruptDataException("an index of a run has the unknown version " + version);
    }
    this.bits = section.getCount(MAX_BITS);
    this.splitCount = section.getCount(Integer.MAX_VALUE);
    this.counts = new int[1 << bits];
    for (int i = 0; i < counts.length; i++) {
      counts[i] = section.getCount(Integer.MAX_VALUE);
    }
  }

  /**
   * Writes an index.
   *
   * @param keys of the run's traces
   * @param blocks the block of each
   * @param split keys of traces of which not all is in the run, or not each span once
   */
  static BlockContent write(long[] keys, int[] blocks, long[] split) {
    BlockContent content = new BlockContent();
    int bits = bits(keys.length);
    long[] sorted = sort(keys);
    int[] order = order(keys, sorted);
    int[] counts = new int[1 << bits];
    for (long key : keys) {
      counts[part(key, bits)]++;
    }
    ByteWriter section = content.section();
    section.put(VERSION);
    section.putVarint(bits);
    section.putVarint(split.length);
    for (int count : counts) {
      section.putVarint(count);
    }
    int from = 0;
    for (int count : counts) {
      long[] kept = new long[count];
      int[] ofBlocks = new int[count];
      for (int i = 0; i < count; i++) {
        kept[i] = kept(sorted[from + i], bits);
        ofBlocks[i] = blocks[order[from + i]];
      }
      ByteWriter part = new ByteWriter(8 * count + 16);
      LongVector.encode(kept, count, Effort.QUICK, part);
      LongVector.encode(ofBlocks, count, Effort.QUICK, part);
      // One that is the same as another must be a part of its own all the same.
      content.ownPart(part);
      from += count;
    }
    long[] sortedSplit = sort(split);
    ByteWriter part = new ByteWriter(8 * split.length + 16);
    LongVector.encode(sortedSplit, split.length, Effort.QUICK, part);
    content.ownPart(part);
    return content;
  }

  private static int bits(int traces) {
    int bits = 0;
    while (bits < MAX_BITS && traces >> bits > ENTRIES) {
      bits++;
    }
    return bits;
  }

  /** A copy, ascending as unsigned numbers. */
  static long[] sort(long[] keys) {
    long[] sorted = new long[keys.length];
    for (int i = 0; i < keys.length; i++) {
      sorted[i] = keys[i] ^ Long.MIN_VALUE;
    }
    Arrays.sort(sorted);
    for (int i = 0; i < keys.length; i++) {
      sorted[i] ^= Long.MIN_VALUE;
    }
    return sorted;
  }

  /** Where each sorted key stood. */
  private static int[] order(long[] keys, long[] sorted) {
    int[] order = new int[keys.length];
    int[] taken = new int[keys.length];
    for (int i = 0; i < keys.length; i++) {
      int at = search(sorted, keys[i]);
      order[at + taken[at]++] = i;
    }
    return order;
  }

  /** The first place of a key that is there. */
  private static int search(long[] sorted, long key) {
    int low = 0;
    int high = sorted.length - 1;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (Long.compareUnsigned(sorted[middle], key) < 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private static int part(long key, int bits) {
    return bits == 0 ? 0 : (int) (key >>> (64 - bits));
  }

  private static long kept(long key, int bits) {
    return key << bits >>> (64 - KEPT_BITS);
  }

  /** What a part holds. */
  @SuppressWarnings("ArrayRecordComponent")
  private record Entries(long[] kept, int[] blocks) {}

  private Entries entries(int part) {
    return parts.decode(
        part,
        "traces " + part,
        bytes -> {
          ByteSource in = new ByteSource(bytes);
          long[] kept = LongVector.decode(in, counts[part]);
          return new Entries(kept, LongVector.decodeInts(in, counts[part], Integer.MAX_VALUE));
        });
  }

  /** Gives the blocks that may hold a trace: mostly one or none. */
  void find(long key, IntConsumer found) {
    int part = part(key, bits);
    Entries entries = entries(part);
    long wanted = kept(key, bits);
    int at = Arrays.binarySearch(entries.kept, wanted);
    while (at > 0 && entries.kept[at - 1] == wanted) {
      at--;
    }
    int last = -1;
    for (; at >= 0 && at < entries.kept.length && entries.kept[at] == wanted; at++) {
      if (entries.blocks[at] != last) {
        last = entries.blocks[at];
        found.accept(last);
      }
    }
  }

  /** Takes a trace that may be in the run. */
  interface Found {
    /**
     * @param place of its key
     * @param block that may hold it
     */
    void in(int place, int block);
  }

  /**
   * Which of some traces may be in the run, and in which blocks.
   *
   * @param keys ascending as unsigned numbers
   */
  void findAll(long[] keys, Found found) {
    int at = 0;
    for (int part = 0; part < counts.length && at < keys.length; part++) {
      if (part(keys[at], bits) != part) {
        continue;
      }
      Entries entries = entries(part);
      long[] kept = entries.kept;
      int in = 0;
      for (; at < keys.length && part(keys[at], bits) == part; at++) {
        long wanted = kept(keys[at], bits);
        while (in < kept.length && kept[in] < wanted) {
          in++;
        }
        for (int same = in; same < kept.length && kept[same] == wanted; same++) {
          found.in(at, entries.blocks[same]);
        }
      }
    }
  }

  /** Keys of traces of which not all is in the run, or not each span once; ascending. */
  long[] split() {
    return parts.decode(counts.length, "split traces", part -> LongVector.decode(part, splitCount));
  }

  /** How many traces it knows. */
  int traces() {
    return Arrays.stream(counts).sum();
  }

  /** Gives the upper bits of every trace's key, the others 0; for a filter. */
  void eachKey(LongConsumer taken) {
    for (int part = 0; part < counts.length; part++) {
      long upper = bits == 0 ? 0 : (long) part << (64 - bits);
      for (long kept : entries(part).kept) {
        taken.accept(upper | kept << (64 - KEPT_BITS) >>> bits);
      }
    }
  }

  /** The bits of a key that {@link #eachKey} gives. */
  long mask() {
    return -1L << (64 - KEPT_BITS - bits);
  }
}
