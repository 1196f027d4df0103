package dev.sextant.trace;

import dev.sextant.storage.otlp.SpanId;
import dev.sextant.storage.otlp.TraceId;
import dev.sextant.trace.model.SpanColumn;
import dev.sextant.trace.model.SpanValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Ids as a column of their hexadecimal texts, made when they are first asked for. */
final class IdColumn implements SpanColumn.Coded {
  private final long @Nullable [] high;
  private final long[] low;
  private final int rows;
  private final boolean zeroIsNone;
  private final List<SpanValue> dictionary = new ArrayList<>();
  private int @Nullable [] codes;

  private IdColumn(long @Nullable [] high, long[] low, int rows, boolean zeroIsNone) {
    this.high = high;
    this.low = low;
    this.rows = rows;
    this.zeroIsNone = zeroIsNone;
  }

  static SpanColumn ofTraces(long[] high, long[] low, int rows) {
    return new IdColumn(high, low, rows, false);
  }

  static SpanColumn ofSpans(long[] ids, int rows, boolean zeroIsNone) {
    return new IdColumn(null, ids, rows, zeroIsNone);
  }

  @Override
  public synchronized List<SpanValue> dictionary() {
    codes();
    return dictionary;
  }

  @Override
  public synchronized int[] codes() {
    int[] known = codes;
    if (known == null) {
      known = new int[rows];
      if (high == null) {
        encodeSpans(known);
      } else {
        encodeTraces(high, known);
      }
      codes = known;
    }
    return known;
  }

  private void encodeSpans(int[] into) {
    Map<Long, Integer> ids = new HashMap<>();
    for (int i = 0; i < rows; i++) {
      into[i] =
          zeroIsNone && low[i] == 0 ? -1 : ids.computeIfAbsent(low[i], id -> add(SpanId.toHex(id)));
    }
  }

  private void encodeTraces(long[] upper, int[] into) {
    Map<TraceId, Integer> ids = new HashMap<>();
    for (int i = 0; i < rows; i++) {
      boolean repeats = i > 0 && upper[i] == upper[i - 1] && low[i] == low[i - 1];
      into[i] =
          repeats
              ? into[i - 1]
              : ids.computeIfAbsent(new TraceId(upper[i], low[i]), id -> add(id.toString()));
    }
  }

  private int add(String text) {
    dictionary.add(SpanValue.of(text));
    return dictionary.size() - 1;
  }
}
