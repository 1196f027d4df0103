package dev.sextant.api.service;

import dev.sextant.trace.model.RowSet;
import dev.sextant.trace.model.SpanBatch;
import dev.sextant.trace.model.SpanField;
import dev.sextant.trace.model.SpanSource;
import dev.sextant.traceql.exec.LongColumn;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Groups calls by what was called. For one question. */
final class CallCount {
  /** Groups that are told apart while spans are read; about 8 KiB each. */
  static final int MOST_GROUPS = 2_000;

  private static final OutgoingCall OTHER = new OutgoingCall(OutgoingCall.Kind.RPC, "", "");
  private static final int FAILED = 2;

  private final Map<OutgoingCall, CallGroup> groups = new HashMap<>();
  private final Map<String, String> statements = new HashMap<>();
  private final CallGroup rest = new CallGroup();

  void add(SpanBatch batch, RowSet rows) {
    CallColumns columns = new CallColumns(batch, statements);
    long[] durations = LongColumn.of(batch.column(SpanField.Intrinsic.DURATION), batch.rows());
    long[] status = LongColumn.of(batch.column(SpanField.Intrinsic.STATUS), batch.rows());
    for (int row = rows.next(0); row >= 0; row = rows.next(row + 1)) {
      OutgoingCall call = columns.call(row);
      CallGroup group = groups.get(call);
      if (group == null && groups.size() < MOST_GROUPS) {
        group = new CallGroup();
        groups.put(call, group);
      }
      (group == null ? rest : group)
          .add(batch, row, durations[row], status[row] == FAILED, columns.used());
    }
  }

  /**
   * @param limit groups that are told apart, those with the most time
   */
  OutgoingCalls answer(int limit, SpanSource.Inspected inspected) {
    List<Map.Entry<OutgoingCall, CallGroup>> all = new ArrayList<>(groups.entrySet());
    all.sort(
        Comparator.comparingLong(
                (Map.Entry<OutgoingCall, CallGroup> it) -> -it.getValue().totalNanos())
            .thenComparing(it -> it.getKey().name())
            .thenComparing(it -> it.getKey().system()));
    all.stream().skip(limit).forEach(it -> rest.addAll(it.getValue()));
    return new OutgoingCalls(
        all.stream()
            .limit(limit)
            .map(it -> OutgoingCalls.Group.of(it.getKey(), it.getValue()))
            .toList(),
        other(),
        inspected);
  }

  private OutgoingCalls.@Nullable Group other() {
    if (rest.calls() == 0) {
      return null;
    }
    OutgoingCalls.Group whole = OutgoingCalls.Group.of(OTHER, rest);
    return new OutgoingCalls.Group(
        OTHER,
        whole.calls(),
        whole.errors(),
        whole.totalNanos(),
        whole.p95Nanos(),
        whole.longestNanos(),
        List.of(),
        null);
  }
}
