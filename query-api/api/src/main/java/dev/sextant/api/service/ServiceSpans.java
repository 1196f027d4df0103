package dev.sextant.api.service;

import dev.sextant.api.access.Access;
import dev.sextant.api.trace.SpanSelection;
import dev.sextant.api.trace.TraceQlQueries;
import dev.sextant.storage.TimeRange;
import dev.sextant.storage.otlp.Resource;
import dev.sextant.trace.model.RowSet;
import dev.sextant.trace.model.SpanCondition;
import dev.sextant.trace.model.SpanCondition.Op;
import dev.sextant.trace.model.SpanField;
import dev.sextant.trace.model.SpanField.Intrinsic;
import dev.sextant.trace.model.SpanRequest.Unit;
import dev.sextant.trace.model.SpanSource;
import dev.sextant.trace.model.SpanValue;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The facade's part for what a service's spans tell: what it calls, how it fails, which versions of
 * it served. Thread-safe; a range's spans are those that start in it; errors are {@link
 * TraceQlQueries#read}'s.
 */
public final class ServiceSpans {
  private static final int SERVER = 2;
  private static final int CLIENT = 3;
  private static final int CONSUMER = 5;
  private static final int ERROR = 2;

  private final TraceQlQueries spans;

  public ServiceSpans(TraceQlQueries spans) {
    this.spans = spans;
  }

  /**
   * What a service called, grouped by what was called, most time first.
   *
   * @param operation while it served this one; null for all
   * @param limit groups that are told apart, at most {@value CallCount#MOST_GROUPS}
   */
  public OutgoingCalls calls(
      Access access, TimeRange range, String service, @Nullable String operation, int limit) {
    CallCount count = new CallCount();
    Set<SpanField> fields = new HashSet<>(CallColumns.FIELDS);
    fields.addAll(List.of(Intrinsic.DURATION, Intrinsic.STATUS, Intrinsic.KIND, SpanField.SERVICE));
    SpanCondition calls = and(of(service), outgoing());
    if (operation == null) {
      return count.answer(limit, read(access, range, calls, fields, of(service, count::add)));
    }
    SpanCondition named =
        new SpanCondition.Compare(Intrinsic.NAME, Op.EQUAL, SpanValue.of(operation));
    ServedOperation served = new ServedOperation(service, operation);
    SpanSelection selection =
        new SpanSelection(
            Unit.TRACES,
            range.fromNanos(),
            last(range),
            calls,
            List.of(and(of(service), named, served())),
            fields);
    TraceQlQueries.RowSink kept =
        of(service, (batch, rows) -> count.add(batch, served.keep(batch, rows)));
    SpanSource.Inspected inspected = spans.read(access, selection, kept);
    return count.answer(limit, inspected);
  }

  /** A service's spans that failed or recorded an exception, grouped by exception. */
  ErrorCount.Errors errors(Access access, TimeRange range, String service, int limit) {
    ErrorCount count = new ErrorCount();
    SpanCondition failed =
        new SpanCondition.Or(
            List.of(
                is(Intrinsic.STATUS, ERROR), new SpanCondition.Present(ErrorColumns.EVENT_TYPE)));
    SpanCondition condition = and(of(service), failed);
    Set<SpanField> fields = new HashSet<>(ErrorColumns.FIELDS);
    fields.add(SpanField.SERVICE);
    return count.answer(limit, read(access, range, condition, fields, of(service, count::add)));
  }

  /** Which versions of a service answered calls. */
  VersionCount.Versions versions(Access access, TimeRange range, String service) {
    VersionCount count = new VersionCount();
    SpanCondition condition = and(of(service), served());
    Set<SpanField> fields = new HashSet<>(Set.of(VersionCount.VERSION, SpanField.SERVICE));
    SpanSource.Inspected inspected =
        read(access, range, condition, fields, of(service, count::add));
    return count.answer(range.toNanos() - range.fromNanos(), inspected);
  }

  private SpanSource.Inspected read(
      Access access,
      TimeRange range,
      SpanCondition condition,
      Set<SpanField> fields,
      TraceQlQueries.RowSink sink) {
    return spans.read(
        access,
        new SpanSelection(Unit.SPANS, range.fromNanos(), last(range), condition, List.of(), fields),
        sink);
  }

  /**
   * Every span for the unnamed service, of which no condition can be said: rows are picked after.
   */
  private static SpanCondition of(String service) {
    return isUnnamed(service)
        ? new SpanCondition.And(List.of())
        : new SpanCondition.Compare(SpanField.SERVICE, Op.EQUAL, SpanValue.of(service));
  }

  /** Spans whose resource names no service are shown as of one that is called unknown. */
  private static boolean isUnnamed(String service) {
    return service.equals(Resource.EMPTY.service());
  }

  /** Only the service's rows. */
  private static TraceQlQueries.RowSink of(String service, TraceQlQueries.RowSink sink) {
    if (!isUnnamed(service)) {
      return sink;
    }
    return (batch, rows) -> {
      TextColumn names = new TextColumn(batch, SpanField.SERVICE);
      RowSet unnamed = RowSet.none(batch.rows());
      for (int row = rows.next(0); row >= 0; row = rows.next(row + 1)) {
        if (names.text(row).isEmpty() || names.text(row).equals(service)) {
          unnamed.add(row);
        }
      }
      if (!unnamed.isEmpty()) {
        sink.accept(batch, unnamed);
      }
    };
  }

  /**
   * Calls to others: of databases and queues whatever their kind says, as long as it can be one.
   */
  private static SpanCondition outgoing() {
    return and(
        new SpanCondition.Compare(Intrinsic.KIND, Op.NOT_EQUAL, SpanValue.of(SERVER)),
        new SpanCondition.Compare(Intrinsic.KIND, Op.NOT_EQUAL, SpanValue.of(CONSUMER)),
        new SpanCondition.Or(
            List.of(
                is(Intrinsic.KIND, CLIENT),
                present("db.system.name"),
                present("db.system"),
                present("messaging.system"))));
  }

  private static SpanCondition served() {
    return new SpanCondition.Or(List.of(is(Intrinsic.KIND, SERVER), is(Intrinsic.KIND, CONSUMER)));
  }

  private static SpanCondition present(String key) {
    return new SpanCondition.Present(SpanField.span(key));
  }

  private static SpanCondition is(SpanField field, int number) {
    return new SpanCondition.Compare(field, Op.EQUAL, SpanValue.of(number));
  }

  private static SpanCondition and(SpanCondition... parts) {
    return new SpanCondition.And(List.of(parts));
  }

  /** A range's last moment. */
  private static long last(TimeRange range) {
    return Math.max(range.fromNanos(), range.toNanos() - 1);
  }
}
