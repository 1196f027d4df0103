package dev.sextant.trace;

import dev.sextant.storage.block.BlockDamagedException;
import dev.sextant.storage.block.Grouping;
import dev.sextant.storage.block.RowBlock;
import dev.sextant.storage.otlp.Attributes;
import dev.sextant.storage.otlp.MalformedOtlpException;
import dev.sextant.storage.otlp.Resource;
import dev.sextant.storage.otlp.Scope;
import dev.sextant.storage.otlp.Slice;
import dev.sextant.storage.otlp.TraceId;
import dev.sextant.trace.model.CompiledCondition;
import dev.sextant.trace.model.SpanColumn;
import dev.sextant.trace.model.SpanCondition;
import dev.sextant.trace.model.SpanField;
import dev.sextant.trace.model.SpanField.Intrinsic;
import dev.sextant.trace.model.SpanValue;
import dev.sextant.trace.model.ValueTest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A block in heap, whose rows keep in payloads what its few columns do not hold. Payloads are
 * walked, all at once, when the first field is asked for that only they hold.
 */
final class RowSpanBlock implements SpanBlock, CompiledCondition.Knowledge {
  private final StoredSpans spans;
  private final RowBlock block;
  private final PayloadColumns payloads;
  private final Map<SpanField, SpanColumn> columns = new HashMap<>();
  private @Nullable List<Resource> resources;
  private @Nullable List<Scope> scopes;
  private boolean payloadsRead;
  private long bytesRead;
  private long @Nullable [] durations;

  RowSpanBlock(RowBlock block) {
    this(block, new PayloadColumns());
  }

  /**
   * @param payloads columns of the first rows of the same block, or empty
   */
  RowSpanBlock(RowBlock block, PayloadColumns payloads) {
    this.spans = new StoredSpans(block);
    this.block = block;
    this.payloads = payloads;
  }

  @Override
  public int rows() {
    return block.rows();
  }

  @Override
  public SpanColumn column(SpanField field) {
    SpanColumn known = columns.get(field);
    if (known == null) {
      known =
          switch (field) {
            case SpanField.Attribute attribute -> attribute(attribute);
            case Intrinsic intrinsic -> intrinsic(intrinsic);
          };
      bytesRead += known == SpanColumn.ABSENT ? 0 : 8L * rows();
      columns.put(field, known);
    }
    return known;
  }

  private SpanColumn attribute(SpanField.Attribute attribute) {
    String key = attribute.key();
    return switch (attribute.scope()) {
      case RESOURCE -> ofResource(resource -> value(resource.attributes(), key));
      case INSTRUMENTATION -> ofScope(scope -> value(scope.attributes(), key));
      case SPAN, EVENT, LINK -> ofPayload(attribute);
    };
  }

  private static @Nullable SpanValue value(Attributes attributes, String key) {
    var value = attributes.get(key);
    return value == null ? null : SpanValues.of(value);
  }

  private SpanColumn intrinsic(Intrinsic field) {
    return switch (field) {
      case NAME ->
          ofEntries(
              SpanColumns.NAME,
              block.dictionary(SpanColumns.NAME),
              name -> SpanValue.of(name.text()));
      case KIND -> numbers(spans.kinds(), Span.Kind.values().length);
      case STATUS -> numbers(spans.statuses(), Span.Status.values().length);
      case START -> new SpanColumn.Longs(starts(), null);
      case DURATION -> new SpanColumn.Longs(durations(), null);
      case TRACE_ID -> IdColumn.ofTraces(traceHigh(), traceLow(), rows());
      case SPAN_ID -> IdColumn.ofSpans(spanIds(), rows(), false);
      case PARENT_ID -> IdColumn.ofSpans(parentIds(), rows(), true);
      case INSTRUMENTATION_NAME -> ofScope(scope -> sent(scope.name()));
      case INSTRUMENTATION_VERSION -> ofScope(scope -> sent(scope.version()));
      case STATUS_MESSAGE, EVENT_NAME, EVENT_TIME_SINCE_START, LINK_TRACE_ID, LINK_SPAN_ID ->
          ofPayload(field);
      case ROOT_NAME,
          ROOT_SERVICE,
          TRACE_START,
          TRACE_DURATION,
          CHILD_COUNT,
          NESTED_SET_LEFT,
          NESTED_SET_RIGHT,
          NESTED_SET_PARENT ->
          SpanColumn.ABSENT;
    };
  }

  private static @Nullable SpanValue sent(String text) {
    return text.isEmpty() ? null : SpanValue.of(text);
  }

  /** Unknown numbers read as 0, as proto3 wants of open enumerations. */
  private SpanColumn numbers(long[] sent, int known) {
    for (int i = 0; i < rows(); i++) {
      if (sent[i] < 0 || sent[i] >= known) {
        long[] cleaned = new long[rows()];
        for (int j = 0; j < cleaned.length; j++) {
          cleaned[j] = sent[j] < 0 || sent[j] >= known ? 0 : sent[j];
        }
        return new SpanColumn.Longs(cleaned, null);
      }
    }
    return new SpanColumn.Longs(sent, null);
  }

  private SpanColumn ofResource(Function<Resource, @Nullable SpanValue> value) {
    if (resources == null) {
      resources = block.dictionary(SpanColumns.RESOURCE).stream().map(Grouping::resource).toList();
    }
    return ofEntries(SpanColumns.RESOURCE, resources, value);
  }

  private SpanColumn ofScope(Function<Scope, @Nullable SpanValue> value) {
    if (scopes == null) {
      scopes = block.dictionary(SpanColumns.SCOPE).stream().map(Grouping::scope).toList();
    }
    return ofEntries(SpanColumns.SCOPE, scopes, value);
  }

  private <T> SpanColumn ofEntries(
      int dictionary, List<T> entries, Function<T, @Nullable SpanValue> value) {
    List<@Nullable SpanValue> values = new ArrayList<>(entries.size());
    entries.forEach(entry -> values.add(value.apply(entry)));
    return EntryColumn.of(values, () -> block.dictionaryIds(dictionary), rows());
  }

  private SpanColumn ofPayload(SpanField field) {
    readPayloads();
    return payloads.column(field, rows());
  }

  private void readPayloads() {
    if (!payloadsRead) {
      payloads.addRows(block);
      payloadsRead = true;
      for (int i = 0; i < rows(); i++) {
        bytesRead += block.payload(i).length();
      }
    }
  }

  @Override
  public long[] traceHigh() {
    return spans.traceHigh();
  }

  @Override
  public long[] traceLow() {
    return spans.traceLow();
  }

  @Override
  public long[] spanIds() {
    return spans.spanIds();
  }

  @Override
  public long[] parentIds() {
    return spans.parents();
  }

  @Override
  public long[] starts() {
    return spans.starts();
  }

  @Override
  public long[] durations() {
    long[] known = durations;
    if (known == null) {
      known = spans.lengths();
      for (int i = 0; i < rows(); i++) {
        if (known[i] < 0) {
          known = known == spans.lengths() ? known.clone() : known;
          known[i] = 0;
        }
      }
      durations = known;
    }
    return known;
  }

  @Override
  public long[] kinds() {
    return spans.kinds();
  }

  @Override
  public long[] rowNumbers() {
    return block.rowNumbers();
  }

  @Override
  public boolean namesDatabase(int row) {
    if (payloadsRead) {
      return DatabaseNames.in(this, row);
    }
    bytesRead += block.payload(row).length();
    try {
      return DatabaseNames.in(spans.payload(row));
    } catch (MalformedOtlpException e) {
      throw new BlockDamagedException(
          "the payload of row %d is damaged: %s".formatted(block.rowNumbers()[row], e.getMessage()),
          e);
    }
  }

  @Override
  public Span decode(int row) {
    return spans.decode(row);
  }

  @Override
  public boolean mightContainTrace(long high, long low) {
    return block.mightContain(SpanKeys.ofTrace(high, low));
  }

  @Override
  public boolean mightMatch(CompiledCondition condition) {
    return condition.mightHold(this);
  }

  @Override
  public boolean mightHold(SpanCondition.Compare compare, ValueTest test) {
    return isShared(compare.field())
        ? Pruning.mightHold(column(compare.field()), test)
        : mightBeTrace(compare);
  }

  @Override
  public boolean mightHave(SpanField field) {
    return !isShared(field) || column(field) != SpanColumn.ABSENT;
  }

  /** Whether a field's values stand in a dictionary of the block. */
  private static boolean isShared(SpanField field) {
    return switch (field) {
      case SpanField.Attribute(SpanField.Scope scope, String key) ->
          scope == SpanField.Scope.RESOURCE || scope == SpanField.Scope.INSTRUMENTATION;
      case Intrinsic intrinsic ->
          switch (intrinsic) {
            case NAME, INSTRUMENTATION_NAME, INSTRUMENTATION_VERSION -> true;
            default -> false;
          };
    };
  }

  private boolean mightBeTrace(SpanCondition.Compare compare) {
    if (compare.op() != SpanCondition.Op.EQUAL
        || !(compare.operand() instanceof SpanValue.Text(String text))) {
      return true;
    }
    return compare.field() != Intrinsic.TRACE_ID || mightContainTrace(text);
  }

  private boolean mightContainTrace(String hex) {
    if (hex.length() != 32) {
      return false;
    }
    try {
      TraceId trace = TraceId.parse(hex);
      return mightContainTrace(trace.high(), trace.low());
    } catch (IllegalArgumentException e) {
      return false; // no trace has such an id
    }
  }

  @Override
  public Collection<SpanField.Attribute> attributes() {
    readPayloads();
    Set<SpanField.Attribute> all = new HashSet<>(payloads.attributes());
    for (Slice entry : block.dictionary(SpanColumns.RESOURCE)) {
      add(Grouping.resource(entry).attributes(), SpanField.Scope.RESOURCE, all);
    }
    for (Slice entry : block.dictionary(SpanColumns.SCOPE)) {
      add(Grouping.scope(entry).attributes(), SpanField.Scope.INSTRUMENTATION, all);
    }
    return all;
  }

  private static void add(
      Attributes attributes, SpanField.Scope scope, Set<SpanField.Attribute> all) {
    for (Attributes.Entry entry : attributes.entries()) {
      if (SpanValues.of(entry.value()) != null) {
        all.add(new SpanField.Attribute(scope, entry.key()));
      }
    }
  }

  @Override
  public long bytesRead() {
    return bytesRead;
  }

  @Override
  public int traces() {
    return 0;
  }

  @Override
  public int traceFrom(int trace) {
    throw new IllegalStateException("a block in order of arrival has no traces");
  }

  @Override
  public int[] parents() {
    throw new IllegalStateException("a block in order of arrival has no parents");
  }
}
