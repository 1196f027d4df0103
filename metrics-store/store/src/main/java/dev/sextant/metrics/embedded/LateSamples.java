package dev.sextant.metrics.embedded;

import dev.sextant.metrics.model.NativeHistogram;
import dev.sextant.metrics.model.SampleArray;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Samples of one series that came after a newer one. The latest stand sorted in small arrays; when
 * those are full they become a chunk, which may overlap others. A time that two chunks hold is
 * settled on reading: the one that came first stays.
 */
final class LateSamples {
  private static final int OPEN = 256;

  /** Above this many chunks they are joined into as few as hold them. */
  private static final int MANY = 16;

  private final List<Chunk> chunks = new ArrayList<>();
  private OpenSamples open = new OpenSamples();
  private int committedChunks;

  HeadSeries.Added add(long time, double value, @Nullable NativeHistogram histogram, long start) {
    int index = open.find(time);
    if (index >= 0) {
      boolean same = SampleMerge.sameValue(open.view(), index, value, histogram);
      return same ? HeadSeries.Added.REPEATED : HeadSeries.Added.CONFLICT;
    }
    if (open.size() == OPEN) {
      seal();
      index = -1;
    }
    open.insert(-index - 1, time, value, histogram, start);
    return HeadSeries.Added.NEW;
  }

  private void seal() {
    if (open.size() > 0) {
      chunks.add(Chunk.of(open.view()));
      open = new OpenSamples();
    }
  }

  void addParts(List<SamplePart> parts) {
    parts.addAll(chunks);
    if (open.size() > 0) {
      parts.add(new HeadSeries.OpenPart(open.view()));
    }
  }

  void addUncommitted(List<SamplePart> parts) {
    parts.addAll(chunks.subList(committedChunks, chunks.size()));
    if (open.size() > 0) {
      parts.add(new HeadSeries.OpenPart(open.view()));
    }
  }

  boolean isCommitted() {
    return committedChunks == chunks.size() && open.size() == 0;
  }

  void markCommitted() {
    seal();
    if (chunks.size() > MANY) {
      SampleArray joined = new SampleMerge().merge(chunks, Long.MIN_VALUE, Long.MAX_VALUE);
      chunks.clear();
      chunks.add(Chunk.of(joined));
    }
    committedChunks = chunks.size();
  }

  long bytes() {
    long bytes = 64 + 16L * open.size();
    for (Chunk chunk : chunks) {
      bytes += chunk.bytes() + chunk.times().length;
    }
    return bytes;
  }
}
