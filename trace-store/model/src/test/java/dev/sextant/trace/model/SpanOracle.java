package dev.sextant.trace.model;

import java.util.ArrayList;
import java.util.List;

/** Traces as objects, to hold engines against: each span once, with its fields and its parent. */
public final class SpanOracle {
  private final MemoryTraces all;

  /**
   * @param arrived in the order of arrival
   */
  public SpanOracle(List<PlainSpan> arrived) {
    all = new MemoryTraces(arrived);
  }

  /** Places of the spans of each trace, in order; traces newest first. */
  public List<List<Integer>> traces() {
    List<List<Integer>> traces = new ArrayList<>();
    TraceStructure structure = all.structure();
    for (int trace = 0; trace < structure.traces(); trace++) {
      List<Integer> places = new ArrayList<>();
      for (int at = structure.traceFrom(trace); at < structure.traceFrom(trace + 1); at++) {
        places.add(at);
      }
      traces.add(places);
    }
    return traces;
  }

  public PlainSpan span(int place) {
    return all.span(place);
  }

  /** The place of a span's parent, {@link SpanBatch#ROOT} or {@link SpanBatch#MISSING}. */
  public int parent(int place) {
    return all.structure().parents()[place];
  }

  /** A field's value for each event or link, else its one value; null where there is none. */
  public List<SpanValue> values(int place, SpanField field) {
    return all.values(place, field);
  }
}
