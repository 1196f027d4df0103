package dev.sextant.trace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sextant.storage.Position;
import dev.sextant.storage.otlp.TraceId;
import dev.sextant.trace.model.CompiledCondition;
import dev.sextant.trace.model.RowSet;
import dev.sextant.trace.model.SpanColumn;
import dev.sextant.trace.model.SpanCondition;
import dev.sextant.trace.model.SpanField;
import dev.sextant.trace.model.SpanRequest;
import dev.sextant.trace.model.SpanSource;
import dev.sextant.trace.model.SpanValue;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/**
 * What the contract's tests work with: a store, the journal that feeds it, and short ways to ask.
 */
abstract class TraceStoreFixture {
  /** The time of the first batch; each later one is stamped a second after the one before. */
  protected static final Instant NOW = Instant.parse("2026-01-15T12:00:00Z");

  protected static final String TENANT = "default";
  static final long T0 = NOW.toEpochMilli() * 1_000_000;
  static final long SECOND = 1_000_000_000L;

  /** A batch and the place that the journal gave it. */
  record Journaled(SpanBatch batch, Position position) {
    long endRow() {
      return position.row() + batch.rows();
    }
  }

  TraceStore store;
  final List<Journaled> journal = new ArrayList<>();

  /** Opens a new, empty store. */
  protected abstract TraceStore open() throws Exception;

  /** Opens again what a store that was closed has left. */
  protected abstract TraceStore reopen() throws Exception;

  /**
   * Opens what a killed process would have left of {@code store}, which was neither closed nor
   * committed.
   */
  protected abstract TraceStore reopenAfterCrash(TraceStore store) throws Exception;

  @BeforeEach
  final void openStore() throws Exception {
    store = open();
  }

  @AfterEach
  final void closeStore() {
    store.close();
  }

  /** Journals a batch and applies it. */
  final Journaled apply(ResourceSpans... parts) {
    return apply(SpanPayload.batch(TENANT, parts));
  }

  final Journaled apply(SpanBatch batch) {
    long row = journal.isEmpty() ? 0 : journal.getLast().endRow();
    Journaled next =
        new Journaled(batch, new Position(row, NOW.toEpochMilli() + 1_000L * journal.size()));
    journal.add(next);
    store.apply(next.batch, next.position);
    return next;
  }

  /** Applies the journal again from the batch that holds {@code row}. */
  final void replayFrom(long row) {
    journal.stream()
        .filter(each -> each.endRow() > row)
        .forEach(each -> store.apply(each.batch, each.position));
  }

  final List<Span> spans(long trace) {
    return store
        .query(new TracePlan.ById(TENANT, new TraceId(0, trace)))
        .map(Trace::spans)
        .orElse(List.of());
  }

  /**
   * Traces with a span for which a condition holds, the newest such span first, found span by span
   * and trace by trace.
   */
  final List<Long> found(SpanCondition condition) {
    return found(0, Long.MAX_VALUE, condition);
  }

  /** As {@link #found(SpanCondition)} with spans that start between two times, both inclusive. */
  final List<Long> found(long from, long to, SpanCondition condition) {
    Map<Long, Long> bySpans = newest(SpanRequest.Unit.SPANS, from, to, condition);
    Map<Long, Long> byTraces = newest(SpanRequest.Unit.TRACES, from, to, condition);
    assertThat(byTraces).as("by traces").isEqualTo(bySpans);
    return bySpans.entrySet().stream()
        .sorted(Map.Entry.<Long, Long>comparingByValue().reversed())
        .map(Map.Entry::getKey)
        .toList();
  }

  private Map<Long, Long> newest(
      SpanRequest.Unit unit, long from, long to, SpanCondition condition) {
    Set<SpanField> fields = new HashSet<>(CompiledCondition.fields(condition));
    fields.add(SpanField.Intrinsic.START);
    CompiledCondition compiled = CompiledCondition.of(condition);
    Map<Long, Long> newest = new HashMap<>();
    SpanSource.Inspected inspected =
        store
            .spans(TENANT)
            .read(
                new SpanRequest(unit, from, to, List.of(condition), fields, () -> {}),
                batch -> {
                  SpanColumn starts = batch.column(SpanField.Intrinsic.START);
                  RowSet rows = compiled.rows(batch::column, batch.rows());
                  for (int row = rows.next(0); row >= 0; row = rows.next(row + 1)) {
                    long start = ((SpanValue.Int) SpanColumn.value(starts, row)).value();
                    if (start >= from && start <= to) {
                      newest.merge(batch.traceLow()[row], start, Math::max);
                    }
                  }
                  return true;
                });
    assertThat(inspected.complete()).isTrue();
    return newest;
  }

  final List<TraceSummary> summaries(long... traces) {
    return store.query(
        new TracePlan.Summaries(
            TENANT, LongStream.of(traces).mapToObj(trace -> new TraceId(0, trace)).toList()));
  }

  final List<SpanValue> values(SpanField field, SpanCondition condition, int limit) {
    return store.spans(TENANT).values(field, 0, Long.MAX_VALUE, condition, limit, () -> {});
  }

  static SpanCondition compare(SpanField field, SpanCondition.Op op, SpanValue value) {
    return new SpanCondition.Compare(field, op, value);
  }

  static SpanCondition equal(SpanField field, String value) {
    return compare(field, SpanCondition.Op.EQUAL, SpanValue.of(value));
  }

  static SpanCondition equal(SpanField field, long value) {
    return compare(field, SpanCondition.Op.EQUAL, SpanValue.of(value));
  }
}
