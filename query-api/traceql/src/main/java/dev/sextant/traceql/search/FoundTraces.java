package dev.sextant.traceql.search;

import dev.sextant.trace.model.SpanBatch;
import dev.sextant.trace.model.SpanField;
import dev.sextant.traceql.FoundTrace;
import dev.sextant.traceql.NamedValue;
import dev.sextant.traceql.Value;
import dev.sextant.traceql.ast.Attribute;
import dev.sextant.traceql.ast.Intrinsic;
import dev.sextant.traceql.ast.Pipeline;
import dev.sextant.traceql.ast.Reference;
import dev.sextant.traceql.exec.Execution;
import dev.sextant.traceql.exec.LongColumn;
import dev.sextant.traceql.exec.References;
import dev.sextant.traceql.field.ReferenceValues;
import dev.sextant.traceql.spanset.Spanset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Takes out of a batch what an answer says of its traces. */
final class FoundTraces {
  /** What stands elsewhere in an answer, or is too long to say of every span. */
  private static final Set<Intrinsic> NO_ATTRIBUTES =
      EnumSet.of(
          Intrinsic.NAME,
          Intrinsic.DURATION,
          Intrinsic.TRACE_DURATION,
          Intrinsic.ROOT_NAME,
          Intrinsic.ROOT_SERVICE_NAME,
          Intrinsic.TRACE_ID,
          Intrinsic.SPAN_ID);

  private static final int ERROR = 2;

  private final List<Reference> attributes = new ArrayList<>();
  private final Set<SpanField> fields = new HashSet<>();
  private final boolean named;
  private final int spansPerSpanset;
  private final Execution execution;

  /**
   * @param execution whose memory traces are counted as while they are made; who drops one {@link
   *     #release}s it
   */
  FoundTraces(Pipeline pipeline, int spansPerSpanset, Execution execution) {
    this.spansPerSpanset = spansPerSpanset;
    this.execution = execution;
    Set<Reference> references = References.of(pipeline);
    this.named = references.contains(Intrinsic.NAME);
    for (Reference reference : references) {
      fields.addAll(reference.fields());
      if (!(reference instanceof Intrinsic intrinsic && NO_ATTRIBUTES.contains(intrinsic))) {
        attributes.add(reference);
      }
    }
    fields.add(SpanField.SERVICE);
    fields.addAll(
        EnumSet.of(
            SpanField.Intrinsic.NAME,
            SpanField.Intrinsic.START,
            SpanField.Intrinsic.DURATION,
            SpanField.Intrinsic.STATUS));
  }

  /** Everything that is asked of batches, by the pipeline too. */
  Set<SpanField> fields() {
    return fields;
  }

  /** Gives back the memory of a trace that is in the answer no more. */
  void release(FoundTrace trace) {
    long bytes = bytes(trace.services().size());
    for (FoundTrace.Spanset spanset : trace.spansets()) {
      bytes += bytes(spanset.attributes());
      for (FoundTrace.Span span : spanset.spans()) {
        bytes += bytes(span.attributes());
      }
    }
    execution.release(bytes);
  }

  /** About what a trace takes beside its spansets. */
  private static long bytes(int services) {
    return 200 + 80L * services;
  }

  /** About what a span or a spanset with these takes. */
  private static long bytes(List<NamedValue> attributes) {
    long bytes = 100;
    for (NamedValue attribute : attributes) {
      bytes += 80 + (attribute.value() instanceof Value.Text(String text) ? text.length() : 0);
    }
    return bytes;
  }

  /**
   * @param starts of each row, nanoseconds since the epoch
   */
  Reader reader(SpanBatch batch, long[] starts) {
    return new Reader(batch, starts);
  }

  /** Reads one batch. Asks for columns only when there is a trace to take. */
  final class Reader {
    private final SpanBatch batch;
    private final long[] starts;
    private final long[] spanIds;
    private final ReferenceValues names;
    private final ReferenceValues services;
    private final List<ReferenceValues> values = new ArrayList<>();

    private Reader(SpanBatch batch, long[] starts) {
      this.batch = batch;
      this.starts = starts;
      this.spanIds = batch.spanIds();
      this.names = new ReferenceValues(Intrinsic.NAME, batch::column);
      this.services = new ReferenceValues(Attribute.SERVICE_NAME, batch::column);
      attributes.forEach(field -> values.add(new ReferenceValues(field, batch::column)));
    }

    /**
     * @param spansets of one trace
     */
    FoundTrace trace(List<Spanset> spansets) {
      long[] durations = LongColumn.of(batch.column(SpanField.Intrinsic.DURATION), batch.rows());
      int trace = spansets.getFirst().trace();
      int from = batch.traceFrom(trace);
      int to = batch.traceFrom(trace + 1);
      int root = root(from, to);
      Map<String, FoundTrace.Service> ofServices = services(from, to);
      execution.reserve(bytes(ofServices.size()));
      List<FoundTrace.Spanset> found = new ArrayList<>();
      for (Spanset spanset : spansets) {
        found.add(spanset(spanset, durations));
      }
      return new FoundTrace(
          batch.traceHigh()[from],
          batch.traceLow()[from],
          root < 0 ? null : text(services.first(root)),
          root < 0 ? null : text(names.first(root)),
          starts[from],
          duration(from, to, durations),
          found,
          ofServices);
    }

    private static @Nullable String text(Value value) {
      return value == Value.NIL ? null : value.text();
    }

    private int root(int from, int to) {
      int[] parents = batch.parents();
      for (int row = from; row < to; row++) {
        if (parents[row] == SpanBatch.ROOT) {
          return row;
        }
      }
      return -1;
    }

    private long duration(int from, int to, long[] durations) {
      long last = starts[from];
      for (int row = from; row < to; row++) {
        long end = starts[row] + durations[row];
        last = Math.max(last, end < starts[row] ? Long.MAX_VALUE : end);
      }
      long duration = last - starts[from];
      return duration < 0 ? Long.MAX_VALUE : duration;
    }

    private Map<String, FoundTrace.Service> services(int from, int to) {
      long[] statuses = LongColumn.of(batch.column(SpanField.Intrinsic.STATUS), batch.rows());
      Map<String, int[]> counts = new HashMap<>();
      for (int row = from; row < to; row++) {
        Value service = services.first(row);
        String name = service == Value.NIL ? "" : service.text();
        int[] count = counts.computeIfAbsent(name, key -> new int[2]);
        count[0]++;
        count[1] += statuses[row] == ERROR ? 1 : 0;
      }
      Map<String, FoundTrace.Service> services = new HashMap<>();
      counts.forEach((name, n) -> services.put(name, new FoundTrace.Service(n[0], n[1])));
      return services;
    }

    private FoundTrace.Spanset spanset(Spanset spanset, long[] durations) {
      int[] rows = spanset.rows();
      execution.reserve(bytes(spanset.attributes()));
      List<FoundTrace.Span> spans = new ArrayList<>();
      for (int i = 0; i < Math.min(rows.length, spansPerSpanset); i++) {
        spans.add(span(rows[i], durations));
      }
      return new FoundTrace.Spanset(rows.length, spans, spanset.attributes());
    }

    private FoundTrace.Span span(int row, long[] durations) {
      List<NamedValue> found = new ArrayList<>();
      for (int i = 0; i < attributes.size(); i++) {
        Value value = values.get(i).first(row);
        if (value != Value.NIL) {
          found.add(new NamedValue(key(attributes.get(i)), value));
        }
      }
      List<NamedValue> distinct = found.stream().distinct().toList();
      execution.reserve(bytes(distinct));
      return new FoundTrace.Span(
          spanIds[row],
          named ? text(names.first(row)) : null,
          starts[row],
          durations[row],
          distinct);
    }

    private static String key(Reference reference) {
      return reference instanceof Attribute attribute ? attribute.name() : reference.text();
    }
  }
}
