package dev.sextant.metrics.embedded;

import dev.sextant.metrics.model.Labels;
import dev.sextant.metrics.model.Matcher;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The newest samples of one tenant. Series are added by one thread under the store's lock; {@link
 * #candidates} may be called by any thread without it.
 */
final class Head {
  private final HeadIndex index = new HeadIndex();
  private final Map<Labels, HeadSeries> byLabels = new HashMap<>();
  private final Map<Labels, SharedTimes.Target> targets = new HashMap<>();
  private HeadSeries[] series = new HeadSeries[16];
  private volatile int count;

  @Nullable HeadSeries find(Labels labels) {
    return byLabels.get(labels);
  }

  HeadSeries add(Labels target, Labels labels) {
    int id = count;
    Labels kept = index.add(id, labels);
    SharedTimes.Target times = targets.computeIfAbsent(target, SharedTimes.Target::new);
    HeadSeries added = new HeadSeries(id, kept, times);
    if (id == series.length) {
      series = Arrays.copyOf(series, 2 * id);
    }
    series[id] = added;
    byLabels.put(kept, added);
    count = id + 1;
    return added;
  }

  int size() {
    return count;
  }

  HeadSeries series(int id) {
    return series[id];
  }

  List<HeadSeries> all() {
    return Arrays.asList(series).subList(0, count);
  }

  /** Numbers of the series that matchers select, of the first {@code size} alone. */
  BitSet candidates(List<Matcher> matchers, int size, Checkpoint checkpoint) {
    BitSet selected = PostingsQuery.select(index, matchers, checkpoint);
    selected.clear(size, Math.max(size, selected.length()));
    return selected;
  }

  /** Heap that the samples take, in bytes, near enough to bound memory by; walks all series. */
  long sampleBytes() {
    long bytes = 0;
    for (HeadSeries each : all()) {
      bytes += each.isEmpty() ? 0 : each.bytes();
    }
    return bytes;
  }

  /** How many different values a label has. */
  int valueCount(String label) {
    return index.valueCount(label);
  }

  /** A new head with those series that have samples here, and none of the samples. */
  Head withoutSamples() {
    Head next = new Head();
    List<HeadSeries> kept = new ArrayList<>(all());
    kept.removeIf(HeadSeries::isEmpty);
    kept.forEach(each -> next.add(each.target(), each.labels()));
    return next;
  }
}
