package dev.sextant.metrics.embedded;

import dev.sextant.metrics.model.Labels;
import dev.sextant.metrics.model.NativeHistogram;
import dev.sextant.metrics.model.SampleArray;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One series' samples in the head: sealed chunks of up to {@link #CHUNK} samples in order, a
 * running one as plain arrays, and what came out of order apart. Written by one thread; read under
 * the store's lock through {@link #parts}, which stay as they are.
 */
final class HeadSeries {
  static final int CHUNK = 128;

  /** What became of a sample. */
  enum Added {
    NEW,
    /** The same sample is there. */
    REPEATED,
    /** Another value is there at this time and stays. */
    CONFLICT
  }

  private static final Chunk[] NO_CHUNKS = {};

  private final int id;
  private final Labels labels;
  private final SharedTimes.Target target;

  private Chunk[] chunks = NO_CHUNKS;
  private int chunkCount;
  private RunningChunk running = new RunningChunk();
  private @Nullable LateSamples late;
  private long lastTime = Long.MIN_VALUE;
  private boolean empty = true;
  private int inOrder;
  private int committed;

  HeadSeries(int id, Labels labels, SharedTimes.Target target) {
    this.id = id;
    this.labels = labels;
    this.target = target;
  }

  int id() {
    return id;
  }

  Labels labels() {
    return labels;
  }

  Labels target() {
    return target.labels();
  }

  boolean isEmpty() {
    return empty;
  }

  Added add(long time, double value, @Nullable NativeHistogram histogram, long start) {
    if (!empty && time <= lastTime) {
      return addLate(time, value, histogram, start);
    }
    if (running.size() == CHUNK
        || (running.size() > 0 && !running.isSharing() && target.current().justStartedAt(time))) {
      seal();
    }
    running.append(target, time, value, histogram, start);
    lastTime = time;
    empty = false;
    inOrder++;
    return Added.NEW;
  }

  private Added addLate(long time, double value, @Nullable NativeHistogram histogram, long start) {
    SampleArray open = running.view();
    int index = open.firstAtOrAfter(time);
    if (index < open.size() && open.times()[index] == time) {
      return SampleMerge.sameValue(open, index, value, histogram) ? Added.REPEATED : Added.CONFLICT;
    }
    if (late == null) {
      late = new LateSamples();
    }
    return late.add(time, value, histogram, start);
  }

  private void seal() {
    if (chunkCount == chunks.length) {
      chunks = Arrays.copyOf(chunks, Math.max(2, 2 * chunkCount));
    }
    chunks[chunkCount++] = running.seal();
    running = new RunningChunk();
  }

  /** All samples as parts that no later write changes, the one that wins first. */
  List<SamplePart> parts() {
    return parts(Long.MIN_VALUE, Long.MAX_VALUE);
  }

  /** As {@link #parts()}, those parts alone that overlap a range of time, both ends inclusive. */
  List<SamplePart> parts(long minMillis, long maxMillis) {
    List<SamplePart> parts = new ArrayList<>(4);
    for (int i = 0; i < chunkCount; i++) {
      if (chunks[i].overlaps(minMillis, maxMillis)) {
        parts.add(chunks[i]);
      }
    }
    if (running.size() > 0) {
      OpenPart open = new OpenPart(running.view());
      if (open.overlaps(minMillis, maxMillis)) {
        parts.add(open);
      }
    }
    if (late != null) {
      late.addParts(parts);
      parts.removeIf(part -> !part.overlaps(minMillis, maxMillis));
    }
    return parts;
  }

  boolean isCommitted() {
    return committed == inOrder && (late == null || late.isCommitted());
  }

  /**
   * What came since the last {@link #markCommitted}, each part in order of time, the one that wins
   * first.
   */
  List<SamplePart> uncommitted() {
    List<SamplePart> parts = new ArrayList<>();
    int before = 0;
    for (int i = 0; i < chunkCount; i++) {
      int after = before + chunks[i].count();
      if (after > committed) {
        parts.add(
            new OpenPart(RunningChunk.from(chunks[i].decode(), Math.max(0, committed - before))));
      }
      before = after;
    }
    int from = Math.max(0, committed - before);
    if (running.size() > from) {
      parts.add(new OpenPart(RunningChunk.from(running.view(), from)));
    }
    if (late != null) {
      late.addUncommitted(parts);
    }
    return parts;
  }

  void markCommitted() {
    committed = inOrder;
    if (late != null) {
      late.markCommitted();
    }
  }

  /** Bytes of samples on the heap, near enough to bound memory by. */
  long bytes() {
    long bytes = running.bytes() + (late == null ? 0 : late.bytes());
    for (int i = 0; i < chunkCount; i++) {
      bytes += chunks[i].bytes();
    }
    return bytes;
  }

  /** Samples that stand as arrays already. */
  record OpenPart(SampleArray samples) implements SamplePart {
    @Override
    public long minMillis() {
      return samples.times()[0];
    }

    @Override
    public long maxMillis() {
      return samples.times()[samples.size() - 1];
    }

    @Override
    public SampleArray decode() {
      return samples;
    }
  }
}
