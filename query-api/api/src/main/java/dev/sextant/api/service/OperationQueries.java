package dev.sextant.api.service;

import dev.sextant.api.access.Access;
import dev.sextant.api.trace.SpanConditions;
import dev.sextant.api.trace.TraceQlQueries;
import dev.sextant.api.trace.TraceQueries;
import dev.sextant.storage.LimitExceededException;
import dev.sextant.storage.TimeRange;
import dev.sextant.storage.otlp.TraceId;
import dev.sextant.trace.Trace;
import dev.sextant.traceql.FoundTrace;
import dev.sextant.traceql.SearchAnswer;
import dev.sextant.traceql.SearchRequest;
import dev.sextant.traceql.ast.Intrinsic;
import dev.sextant.traceql.ast.Query;
import dev.sextant.traceql.ast.Static;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The facade's part for what an operation's time goes to, told of some of its traces as they are
 * shown. Thread-safe; errors are those of searches and of reading a trace.
 */
public final class OperationQueries {
  /** Traces of an answer, at most. */
  static final int MOST_TRACES = 1_000;

  /** After so many spans no further trace is read. */
  static final long MOST_SPANS = 1_000_000;

  /** The range is sampled in so many parts, so that its newest traces do not stand for all. */
  private static final int SLICES = 10;

  private final TraceQlQueries spans;
  private final TraceQueries traces;

  /**
   * @param spans of the same store as {@code traces}
   */
  public OperationQueries(TraceQlQueries spans, TraceQueries traces) {
    this.spans = spans;
    this.traces = traces;
  }

  /**
   * What requests to an operation waited for, of at most so many traces: the newest of each tenth
   * of the range, and where these are fewer, the newest of all.
   *
   * @param most 1 to {@value #MOST_TRACES}
   * @param limit parts and callees that are told apart, those with the most time
   */
  OperationTime time(
      Access access, TimeRange range, String service, String operation, int most, int limit) {
    Sampling sampling = new Sampling(access, query(service, operation));
    sampling.find(range, most);
    OperationTimes times = new OperationTimes(range, service, operation);
    Runnable checkpoint = spans.checkpoint();
    for (TraceId id : sampling.ids) {
      checkpoint.run();
      if (times.spans() >= MOST_SPANS) {
        sampling.all = false;
        break;
      }
      sampling.read(id).ifPresent(trace -> sampling.traces += times.add(trace) ? 1 : 0);
    }
    return times.answer(limit, sampling.sample());
  }

  private static Query query(String service, String operation) {
    return SpanConditions.query(
        List.of(
            SpanConditions.service(service),
            SpanConditions.operation(operation),
            SpanConditions.either(
                List.of(
                    SpanConditions.equal(Intrinsic.KIND, Static.Kind.SERVER),
                    SpanConditions.equal(Intrinsic.KIND, Static.Kind.CONSUMER)))));
  }

  /**
   * How traces were chosen.
   *
   * @param traces that were counted
   * @param all whether no further trace matches
   * @param skipped traces that are too large
   */
  record Sample(int traces, boolean all, int skipped, long blocks, long bytes, boolean complete) {}

  /** The choice of traces for one question. */
  private final class Sampling {
    private final Access access;
    private final Query query;
    private final Set<TraceId> ids = new LinkedHashSet<>();
    private boolean all;
    private boolean complete = true;
    private long blocks;
    private long bytes;
    private int skipped;
    private int traces;

    private Sampling(Access access, Query query) {
      this.access = access;
      this.query = query;
    }

    /** First the newest of all, for where that is all there are. */
    private void find(TimeRange range, int most) {
      SearchAnswer newest = search(range.fromNanos(), range.toNanos() - 1, most);
      all = newest.next() == null && newest.traces().size() < most;
      long length = range.toNanos() - range.fromNanos();
      for (int slice = 0; !all && slice < SLICES; slice++) {
        long from = range.fromNanos() + length / SLICES * slice;
        long to = range.fromNanos() + length / SLICES * (slice + 1) - 1;
        int share = most * (slice + 1) / SLICES - most * slice / SLICES;
        if (share > 0 && to > from) {
          take(search(from, to, share), most);
        }
      }
      take(newest, most);
    }

    private void take(SearchAnswer answer, int most) {
      for (FoundTrace trace : answer.traces()) {
        if (ids.size() < most) {
          ids.add(new TraceId(trace.traceHigh(), trace.traceLow()));
        }
      }
    }

    private SearchAnswer search(long fromNanos, long toNanos, int limit) {
      SearchAnswer found =
          spans.search(
              access, SearchRequest.of(query, fromNanos, Math.max(fromNanos, toNanos), limit, 0));
      complete &= found.inspected().complete();
      blocks += found.inspected().blocks();
      bytes += found.inspected().bytes();
      return found;
    }

    private Optional<Trace> read(TraceId id) {
      try {
        return OperationQueries.this.traces.byId(access, id);
      } catch (LimitExceededException e) {
        // One trace beyond storage.traces.max-trace-spans; the answer tells how many were skipped.
        skipped++;
        return Optional.empty();
      }
    }

    private Sample sample() {
      return new Sample(traces, all && skipped == 0, skipped, blocks, bytes, complete);
    }
  }
}
