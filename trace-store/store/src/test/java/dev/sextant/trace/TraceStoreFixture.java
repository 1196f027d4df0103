package dev.sextant.trace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sextant.storage.Position;
import dev.sextant.storage.TimeRange;
import dev.sextant.storage.otlp.AttributeValue;
import dev.sextant.storage.otlp.TraceId;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
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

  final TracePage search(SpanFilter filter) {
    return search(TimeRange.ALL, filter);
  }

  final TracePage search(TimeRange range, SpanFilter filter) {
    return store.query(new TracePlan.Search(TENANT, range, filter, 100, null));
  }

  /** The low halves of the ids of all matching traces, in the answer's order. */
  final List<Long> found(SpanFilter filter) {
    return ids(search(filter));
  }

  static List<Long> ids(TracePage page) {
    return page.traces().stream().map(trace -> trace.traceId().low()).toList();
  }

  /** All pages of a search, checked to be full but for the last. */
  final List<Long> foundByPages(SpanFilter filter, int limit) {
    List<Long> all = new ArrayList<>();
    String token = null;
    do {
      TracePage page =
          store.query(new TracePlan.Search(TENANT, TimeRange.ALL, filter, limit, token));
      token = page.nextPageToken();
      assertThat(page.traces()).hasSizeBetween(token == null ? 0 : limit, limit);
      all.addAll(ids(page));
    } while (token != null);
    return all;
  }

  static SpanFilter compare(SpanField field, SpanFilter.Op op, AttributeValue value) {
    return new SpanFilter.Compare(field, op, value);
  }

  static SpanFilter equal(SpanField field, String value) {
    return compare(field, SpanFilter.Op.EQUAL, AttributeValue.of(value));
  }

  static SpanField spanField(String key) {
    return new SpanField(SpanField.Place.SPAN, key);
  }

  static SpanField resourceField(String key) {
    return new SpanField(SpanField.Place.RESOURCE, key);
  }

  static SpanField anyField(String key) {
    return new SpanField(SpanField.Place.ANY, key);
  }
}
