package dev.sextant.metrics.embedded;

import dev.sextant.metrics.column.ByteWriter;
import dev.sextant.metrics.model.Labels;
import dev.sextant.metrics.model.SampleArray;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes a block: series sorted by labels, their samples as chunks, equal time columns once.
 * Described in {@code docs/format/metrics-block.md}.
 */
final class BlockWriter {
  /** Samples in a chunk at most. */
  static final int CHUNK = 1024;

  private record ChunkPlace(
      int count,
      long min,
      long max,
      long timesOffset,
      int timesLength,
      long dataOffset,
      int dataLength) {}

  private record SeriesPlace(Labels labels, List<ChunkPlace> chunks) {}

  /** The bytes of a column, to find equal ones by. */
  private record Column(byte[] bytes) {
    @Override
    public boolean equals(Object other) {
      return other instanceof Column column && Arrays.equals(bytes, column.bytes);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(bytes);
    }
  }

  private final ByteWriter out = new ByteWriter(1 << 16);
  private final Map<Column, Long> timeColumns = new HashMap<>();
  private final List<SeriesPlace> series = new ArrayList<>();
  private long min = Long.MAX_VALUE;
  private long max = Long.MIN_VALUE;
  private long samples;

  BlockWriter() {
    FileHeader.BLOCK.write(out);
  }

  boolean isEmpty() {
    return series.isEmpty();
  }

  /** Adds a series with at least one sample; its labels are above those of the one before. */
  void add(Labels labels, SampleArray all) {
    List<ChunkPlace> chunks = new ArrayList<>();
    for (int from = 0; from < all.size(); from += CHUNK) {
      chunks.add(chunk(RunningChunk.slice(all, from, Math.min(from + CHUNK, all.size()))));
    }
    series.add(new SeriesPlace(labels, chunks));
    min = Math.min(min, all.times()[0]);
    max = Math.max(max, all.times()[all.size() - 1]);
    samples += all.size();
  }

  private ChunkPlace chunk(SampleArray slice) {
    Chunk chunk = Chunk.of(slice);
    Column times = new Column(chunk.times());
    Long timesOffset = timeColumns.get(times);
    if (timesOffset == null) {
      timesOffset = column(chunk.times());
      timeColumns.put(times, timesOffset);
    }
    return new ChunkPlace(
        chunk.count(),
        chunk.minMillis(),
        chunk.maxMillis(),
        timesOffset,
        chunk.times().length,
        column(chunk.data()),
        chunk.data().length);
  }

  /** Appends bytes and their checksum; says where they begin. */
  private long column(byte[] bytes) {
    int offset = out.size();
    out.bytes(bytes, 0, bytes.length);
    out.u32(out.crc32c(offset));
    return offset;
  }

  /**
   * Ends the block; nothing may be added after.
   *
   * @param firstRow and {@code endRow}: the journal rows whose samples may be in it
   */
  ByteBuffer finish(String tenant, long firstRow, long endRow) {
    BlockIndexWriter index = new BlockIndexWriter();
    series.forEach(place -> index.add(place.labels));
    BlockFooter.Section[] sections = new BlockFooter.Section[BlockFooter.SECTIONS];
    sections[BlockFooter.SYMBOLS] = section(index.symbols());
    sections[BlockFooter.NAMES] = section(index.names());
    sections[BlockFooter.VALUES] = section(index.values());
    sections[BlockFooter.POSTINGS] = section(index.postings());
    ByteWriter offsets = new ByteWriter(4 * series.size() + 1);
    ByteWriter entries = new ByteWriter(32 * series.size() + 1);
    for (SeriesPlace place : series) {
      offsets.u32(entries.size());
      index.writeLabels(entries, place.labels);
      entries.varint(place.chunks.size());
      place.chunks.forEach(chunk -> write(entries, chunk));
    }
    sections[BlockFooter.OFFSETS] = section(offsets);
    sections[BlockFooter.SERIES] = section(entries);
    new BlockFooter(tenant, firstRow, endRow, min, max, samples, series.size(), sections)
        .write(out);
    return ByteBuffer.wrap(out.array(), 0, out.size());
  }

  private static void write(ByteWriter entries, ChunkPlace chunk) {
    entries.varint(chunk.count);
    entries.zigzag(chunk.min);
    entries.varint(chunk.max - chunk.min);
    entries.varint(chunk.timesOffset);
    entries.varint(chunk.timesLength);
    entries.varint(chunk.dataOffset);
    entries.varint(chunk.dataLength);
  }

  private BlockFooter.Section section(ByteWriter bytes) {
    int offset = out.size();
    out.bytes(bytes.array(), 0, bytes.size());
    return new BlockFooter.Section(offset, bytes.size(), out.crc32c(offset));
  }
}
