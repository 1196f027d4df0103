package dev.sextant.metrics;

import dev.sextant.metrics.MetricsBatch.SeriesSamples;
import dev.sextant.metrics.MetricsBatch.TargetSamples;
import dev.sextant.metrics.column.ByteReader;
import dev.sextant.metrics.column.DoubleColumn;
import dev.sextant.metrics.column.LongColumn;
import dev.sextant.metrics.column.MixedColumn;
import dev.sextant.metrics.model.Exemplar;
import dev.sextant.metrics.model.Labels;
import dev.sextant.metrics.model.Metadata;
import dev.sextant.metrics.model.NativeHistogram;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reads one batch that {@link MetricsBatchWriter} wrote. */
final class MetricsBatchReader {
  /** More samples than one batch of one target can hold within a journal record. */
  private static final int MAX_TIMES = 1 << 24;

  private final ByteReader in;
  private final String tenant;
  private String[] symbols = new String[0];

  MetricsBatchReader(byte[] payload, String tenant) {
    this.in = new ByteReader(payload, "a metrics batch of tenant " + tenant);
    this.tenant = tenant;
  }

  MetricsBatch read() {
    int version = in.u8();
    if (version != MetricsBatchCodec.VERSION) {
      throw new UnknownVersionException(
          "a metrics batch of tenant "
              + tenant
              + " has format version "
              + version
              + ", known is "
              + MetricsBatchCodec.VERSION
              + ": it was written by another version of Sextant");
    }
    in.checkTrailingCrc(0);
    int flags = in.u8();
    if (flags > 1) {
      throw in.damaged("flags are " + flags);
    }
    MetricsBatch.Derived derived =
        flags == 1 ? new MetricsBatch.Derived(in.varint(), in.varint(), in.zigzag()) : null;
    symbols = new String[in.countOfRest("count of symbols")];
    for (int i = 0; i < symbols.length; i++) {
      symbols[i] = in.text();
    }
    List<TargetSamples> targets = list(this::target, "count of targets");
    List<Metadata> metadata = list(this::metadata, "count of metadata");
    in.checkEnd();
    return new MetricsBatch(tenant, targets, metadata, derived);
  }

  private <T> List<T> list(Supplier<T> element, String what) {
    int count = in.countOfRest(what);
    List<T> list = new ArrayList<>(Math.min(count, 1024));
    for (int i = 0; i < count; i++) {
      list.add(element.get());
    }
    return list;
  }

  private TargetSamples target() {
    Labels target = labels();
    long[] times = LongColumn.read(in, in.count(MAX_TIMES, "count of times"));
    for (int i = 1; i < times.length; i++) {
      if (times[i] <= times[i - 1]) {
        throw in.damaged("times are not ascending");
      }
    }
    int count = in.countOfRest("count of series");
    int length = in.countOfRest("length of the series' names");
    Labels[] names = length == 0 ? null : SeriesNames.read(in.bytes(length), count, in);
    List<SeriesSamples> series = new ArrayList<>(Math.min(count, 1024));
    for (int i = 0; i < count; i++) {
      series.add(series(names == null ? labels() : names[i], times.length));
    }
    return new TargetSamples(target, times, series);
  }

  private SeriesSamples series(Labels labels, int times) {
    int flags = in.u8();
    if (flags >= 2 * MetricsBatchWriter.EXEMPLARS) {
      throw in.damaged("flags of a series are " + flags);
    }
    boolean all = (flags & MetricsBatchWriter.ALL_TIMES) != 0;
    int count = all ? times : in.count(times, "count of samples");
    int[] index = all ? upTo(times) : index(count, times);
    @Nullable NativeHistogram @Nullable [] histograms = null;
    double[] values;
    if ((flags & MetricsBatchWriter.HISTOGRAMS) != 0) {
      MixedColumn.Mixed mixed = MixedColumn.read(in, count);
      histograms = mixed.histograms();
      values = mixed.values();
    } else {
      values = DoubleColumn.read(in, count);
    }
    long[] starts = (flags & MetricsBatchWriter.STARTS) != 0 ? LongColumn.read(in, count) : null;
    List<Exemplar> exemplars =
        (flags & MetricsBatchWriter.EXEMPLARS) != 0
            ? list(this::exemplar, "count of exemplars")
            : List.of();
    return new SeriesSamples(labels, index, values, histograms, starts, exemplars);
  }

  private static int[] upTo(int count) {
    int[] index = new int[count];
    for (int i = 0; i < count; i++) {
      index[i] = i;
    }
    return index;
  }

  private int[] index(int count, int times) {
    long[] read = LongColumn.read(in, count);
    int[] index = new int[count];
    long last = -1;
    for (int i = 0; i < count; i++) {
      if (read[i] <= last || read[i] >= times) {
        throw in.damaged("a sample's time is not among the target's");
      }
      last = read[i];
      index[i] = (int) last;
    }
    return index;
  }

  private Exemplar exemplar() {
    return new Exemplar(labels(), in.f64(), in.zigzag());
  }

  private Metadata metadata() {
    return new Metadata(symbol(), symbol(), symbol(), symbol());
  }

  private Labels labels() {
    return labels(in, symbols);
  }

  /** Labels as numbers of symbols. */
  static Labels labels(ByteReader in, String[] symbols) {
    String[] pairs = new String[2 * in.countOfRest("count of labels")];
    for (int i = 0; i < pairs.length; i++) {
      pairs[i] = symbol(in, symbols);
    }
    try {
      return Labels.ofSorted(pairs);
    } catch (IllegalArgumentException unsorted) {
      throw in.damaged(String.valueOf(unsorted.getMessage()));
    }
  }

  private String symbol() {
    return symbol(in, symbols);
  }

  private static String symbol(ByteReader in, String[] symbols) {
    if (symbols.length == 0) {
      throw in.damaged("a symbol where there are none");
    }
    return symbols[in.count(symbols.length - 1, "number of a symbol")];
  }
}
