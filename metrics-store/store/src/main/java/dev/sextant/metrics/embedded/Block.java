package dev.sextant.metrics.embedded;

import dev.sextant.metrics.model.Labels;
import dev.sextant.metrics.model.Matcher;
import dev.sextant.metrics.model.SampleArray;
import dev.sextant.storage.StoreException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An immutable file of samples, mapped read-only. Its index is checked when it is opened, each
 * column when it is read. Thread-safe; it stays mapped until everyone who {@link #acquire acquired}
 * it has {@link #release released} it.
 */
final class Block {
  private final BlockName name;
  private final Path path;
  private final long epochDay;
  private final Arena arena;
  private final MemorySegment file;
  private final BlockFooter footer;
  private final BlockIndex index;

  /** What the bytes are, for errors. */
  private final String source;

  private final AtomicInteger holders = new AtomicInteger(1);
  private volatile boolean damaged;

  private Block(BlockName name, Path path, long epochDay, Arena arena, MemorySegment file) {
    this.name = name;
    this.path = path;
    this.epochDay = epochDay;
    this.arena = arena;
    this.file = file;
    this.source = "block " + path;
    FileHeader.BLOCK.check(copy(0, Math.min(FileHeader.LENGTH, file.byteSize())), path.toString());
    this.footer = readFooter();
    this.index = new BlockIndex(this::section, footer.series());
  }

  /**
   * @param epochDay the day that all its samples lie in
   * @throws StoreException where its index is damaged or its version unknown
   */
  static Block open(Path path, BlockName name, long epochDay) {
    Arena arena = Arena.ofShared();
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      MemorySegment file = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena);
      return new Block(name, path, epochDay, arena, file);
    } catch (IOException failure) {
      arena.close();
      throw new StoreException("cannot open " + path + ": " + failure, failure);
    } catch (RuntimeException failure) {
      arena.close();
      throw failure;
    }
  }

  private BlockFooter readFooter() {
    long size = file.byteSize();
    if (size < FileHeader.LENGTH + BlockFooter.TAIL || !BlockFooter.isMagic(copy(size - 4, 4))) {
      throw damaged("does not end as a block does");
    }
    long length = Integer.toUnsignedLong(Mapped.u32(file, size - BlockFooter.TAIL));
    if (length > size - FileHeader.LENGTH - BlockFooter.TAIL) {
      throw damaged("its footer is longer than the file");
    }
    return BlockFooter.read(copy(size - BlockFooter.TAIL - length, length), path.toString());
  }

  private MemorySegment section(int number) {
    BlockFooter.Section section = footer.sections()[number];
    if (section.offset() < 0
        || section.length() < 0
        || section.offset() > file.byteSize() - section.length()) {
      throw damaged("section " + number + " lies outside the file");
    }
    MemorySegment bytes = file.asSlice(section.offset(), section.length());
    if (Mapped.crc32c(bytes) != section.crc()) {
      throw damaged("checksum of section " + number + " does not match");
    }
    return bytes;
  }

  private StoreException damaged(String reason) {
    return new StoreException("block " + path + " is damaged: " + reason);
  }

  BlockName name() {
    return name;
  }

  Path path() {
    return path;
  }

  long epochDay() {
    return epochDay;
  }

  BlockFooter footer() {
    return footer;
  }

  long bytes() {
    return file.byteSize();
  }

  int series() {
    return footer.series();
  }

  Labels labels(int series) {
    return index.labels(series);
  }

  boolean overlaps(long minMillis, long maxMillis) {
    return footer.minMillis() <= maxMillis && footer.maxMillis() >= minMillis;
  }

  /** Whether a read found a damaged column. */
  boolean isDamaged() {
    return damaged;
  }

  void acquire() {
    holders.incrementAndGet();
  }

  void release() {
    if (holders.decrementAndGet() == 0) {
      arena.close();
    }
  }

  /**
   * Series that any of the matcher lists selects, with their parts inside a range of time, sorted
   * by labels.
   */
  List<SeriesEntry> select(
      List<List<Matcher>> matchers, long minMillis, long maxMillis, Checkpoint checkpoint) {
    BitSet selected = new BitSet();
    matchers.forEach(list -> selected.or(PostingsQuery.select(index, list, checkpoint)));
    List<SeriesEntry> entries = new ArrayList<>();
    for (int id = selected.nextSetBit(0); id >= 0; id = selected.nextSetBit(id + 1)) {
      checkpoint.step();
      List<SamplePart> parts = parts(id);
      parts.removeIf(part -> !part.overlaps(minMillis, maxMillis));
      if (!parts.isEmpty()) {
        entries.add(new SeriesEntry(labels(id), parts));
      }
    }
    return entries;
  }

  /** The chunks of a series, in order of time. */
  List<SamplePart> parts(int series) {
    Mapped at = index.chunks(series);
    int count = (int) at.varint();
    List<SamplePart> parts = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      int samples = (int) at.varint();
      long min = at.zigzag();
      long max = min + at.varint();
      parts.add(
          new Part(
              samples, min, max, at.varint(), (int) at.varint(), at.varint(), (int) at.varint()));
    }
    return parts;
  }

  /** A column's bytes, checked. */
  private byte[] column(long offset, int length) {
    if (offset < 0 || length < 0 || offset > file.byteSize() - length - 4) {
      damaged = true;
      throw damaged("a column lies outside the file");
    }
    byte[] bytes = copy(offset, length);
    if (Mapped.crc32c(MemorySegment.ofArray(bytes)) != Mapped.u32(file, offset + length)) {
      damaged = true;
      throw damaged(
          "checksum of the column at byte "
              + offset
              + " does not match; it is dropped with the next commit");
    }
    return bytes;
  }

  private byte[] copy(long offset, long length) {
    return file.asSlice(offset, length).toArray(ValueLayout.JAVA_BYTE);
  }

  private final class Part implements SamplePart {
    private final int count;
    private final long min;
    private final long max;
    private final long timesOffset;
    private final int timesLength;
    private final long dataOffset;
    private final int dataLength;

    Part(
        int count,
        long min,
        long max,
        long timesOffset,
        int timesLength,
        long dataOffset,
        int dataLength) {
      this.count = count;
      this.min = min;
      this.max = max;
      this.timesOffset = timesOffset;
      this.timesLength = timesLength;
      this.dataOffset = dataOffset;
      this.dataLength = dataLength;
    }

    @Override
    public long minMillis() {
      return min;
    }

    @Override
    public long maxMillis() {
      return max;
    }

    @Override
    public SampleArray decode() {
      return decode(TimeColumns.decode(column(timesOffset, timesLength), count, source));
    }

    @Override
    public SampleArray decode(TimeColumns columns) {
      return decode(
          columns.times(
              Block.this, timesOffset, count, () -> column(timesOffset, timesLength), source));
    }

    private SampleArray decode(long[] times) {
      return Chunk.decode(count, times, column(dataOffset, dataLength), source);
    }
  }
}
