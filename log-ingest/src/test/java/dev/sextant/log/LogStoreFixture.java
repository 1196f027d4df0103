package dev.sextant.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sextant.log.LogFilter.FieldEquals;
import dev.sextant.log.LogFilter.Text;
import dev.sextant.log.LogFilter.TextMatch;
import dev.sextant.log.LogPlan.LogPage;
import dev.sextant.storage.Position;
import dev.sextant.storage.TimeRange;
import dev.sextant.storage.otlp.TraceId;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/**
 * What the contract's tests work with: a store, the journal that feeds it, and short ways to ask.
 */
abstract class LogStoreFixture {
  /** The time of the first batch; each later one is stamped a second after the one before. */
  protected static final Instant NOW = Instant.parse("2026-01-15T12:00:00Z");

  protected static final String TENANT = "default";
  static final long T0 = NOW.toEpochMilli() * 1_000_000;
  static final long SECOND = 1_000_000_000L;

  /** A batch and the place that the journal gave it. */
  record Journaled(LogBatch batch, Position position) {
    long endRow() {
      return position.row() + batch.rows();
    }
  }

  LogStore store;
  final List<Journaled> journal = new ArrayList<>();

  /** Opens a new, empty store. */
  protected abstract LogStore open() throws Exception;

  /** Opens again what a store that was closed has left. */
  protected abstract LogStore reopen() throws Exception;

  /**
   * Opens what a killed process would have left of {@code store}, which was neither closed nor
   * committed.
   */
  protected abstract LogStore reopenAfterCrash(LogStore store) throws Exception;

  @BeforeEach
  final void openStore() throws Exception {
    store = open();
  }

  @AfterEach
  final void closeStore() {
    store.close();
  }

  /** Journals a batch and applies it. */
  final Journaled apply(ResourceLogs... parts) {
    return apply(LogPayload.batch(TENANT, parts));
  }

  final Journaled apply(LogBatch batch) {
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

  final LogPage search(TimeRange range, LogFilter filter, boolean newestFirst, int limit) {
    return store.query(new LogPlan.Search(TENANT, range, filter, newestFirst, limit, null));
  }

  /** Every matching line, newest first. */
  final List<LogLine> lines(LogFilter filter) {
    return search(TimeRange.ALL, filter, true, 1_000).lines();
  }

  /** The bodies of every matching line, newest first. */
  final List<String> found(LogFilter filter) {
    return bodies(search(TimeRange.ALL, filter, true, 1_000));
  }

  static List<String> bodies(LogPage page) {
    return page.lines().stream().map(line -> line.body().asText()).toList();
  }

  /** The row numbers of all pages of a search, checked to be full but for the last. */
  final List<Long> rowsByPages(LogFilter filter, boolean newestFirst, int limit) {
    List<Long> all = new ArrayList<>();
    String token = null;
    do {
      LogPage page =
          store.query(new LogPlan.Search(TENANT, TimeRange.ALL, filter, newestFirst, limit, token));
      token = page.nextPageToken();
      assertThat(page.lines()).hasSizeBetween(token == null ? 0 : limit, limit);
      page.lines().forEach(line -> all.add(line.row()));
    } while (token != null);
    return all;
  }

  static LogFilter services(String... services) {
    return new LogFilter(Set.of(services), Set.of(), List.of(), null, 0, List.of());
  }

  static LogFilter levels(Level... levels) {
    return new LogFilter(Set.of(), Set.of(levels), List.of(), null, 0, List.of());
  }

  static LogFilter words(String text) {
    return texts(new Text(text, TextMatch.WORDS));
  }

  static LogFilter substring(String text) {
    return texts(new Text(text, TextMatch.SUBSTRING));
  }

  static LogFilter texts(Text... texts) {
    return new LogFilter(Set.of(), Set.of(), List.of(texts), null, 0, List.of());
  }

  static LogFilter trace(long trace, long span) {
    return new LogFilter(Set.of(), Set.of(), List.of(), new TraceId(0, trace), span, List.of());
  }

  static LogFilter fields(FieldEquals... fields) {
    return new LogFilter(Set.of(), Set.of(), List.of(), null, 0, List.of(fields));
  }

  static FieldEquals is(String field, String value) {
    return new FieldEquals(field, value, false);
  }

  static FieldEquals isNot(String field, String value) {
    return new FieldEquals(field, value, true);
  }
}
