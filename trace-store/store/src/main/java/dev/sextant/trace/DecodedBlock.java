package dev.sextant.trace;

import dev.sextant.storage.otlp.Attributes;
import dev.sextant.storage.otlp.SpanId;
import dev.sextant.trace.model.CompiledCondition;
import dev.sextant.trace.model.SpanColumn;
import dev.sextant.trace.model.SpanField;
import dev.sextant.trace.model.SpanField.Intrinsic;
import dev.sextant.trace.model.SpanValue;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** Spans as objects, read by columns. */
final class DecodedBlock implements SpanBlock {
  private final List<Span> spans;
  private final Map<SpanField, SpanColumn> columns = new HashMap<>();

  DecodedBlock(List<Span> spans) {
    this.spans = List.copyOf(spans);
  }

  @Override
  public int rows() {
    return spans.size();
  }

  @Override
  public SpanColumn column(SpanField field) {
    SpanColumn known = columns.get(field);
    if (known == null) {
      known =
          switch (field) {
            case SpanField.Attribute(SpanField.Scope scope, String key) -> attribute(scope, key);
            case Intrinsic intrinsic -> intrinsic(intrinsic);
          };
      columns.put(field, known);
    }
    return known;
  }

  private SpanColumn attribute(SpanField.Scope scope, String key) {
    return switch (scope) {
      case SPAN -> one(span -> value(span.attributes(), key));
      case RESOURCE -> one(span -> value(span.resource().attributes(), key));
      case INSTRUMENTATION -> one(span -> value(span.scope().attributes(), key));
      case EVENT -> each(Span::events, (span, event) -> value(event.attributes(), key));
      case LINK -> each(Span::links, (span, link) -> value(link.attributes(), key));
    };
  }

  private static @Nullable SpanValue value(Attributes attributes, String key) {
    var value = attributes.get(key);
    return value == null ? null : SpanValues.of(value);
  }

  private SpanColumn intrinsic(Intrinsic field) {
    return switch (field) {
      case NAME -> one(span -> SpanValue.of(span.name()));
      case KIND -> one(span -> SpanValue.of((long) span.kind().ordinal()));
      case STATUS -> one(span -> SpanValue.of((long) span.status().ordinal()));
      case STATUS_MESSAGE -> one(span -> sent(span.statusMessage()));
      case START -> one(span -> SpanValue.of(span.startNanos()));
      case DURATION -> one(span -> SpanValue.of(span.durationNanos()));
      case TRACE_ID -> one(span -> SpanValue.of(span.traceId().toString()));
      case SPAN_ID -> one(span -> SpanValue.of(SpanId.toHex(span.spanId())));
      case PARENT_ID ->
          one(
              span ->
                  span.parentSpanId() == 0
                      ? null
                      : SpanValue.of(SpanId.toHex(span.parentSpanId())));
      case INSTRUMENTATION_NAME -> one(span -> sent(span.scope().name()));
      case INSTRUMENTATION_VERSION -> one(span -> sent(span.scope().version()));
      case EVENT_NAME -> each(Span::events, (span, event) -> SpanValue.of(event.name()));
      case EVENT_TIME_SINCE_START ->
          each(Span::events, (span, event) -> SpanValue.of(event.timeNanos() - span.startNanos()));
      case LINK_TRACE_ID ->
          each(Span::links, (span, link) -> SpanValue.of(link.traceId().toString()));
      case LINK_SPAN_ID ->
          each(Span::links, (span, link) -> SpanValue.of(SpanId.toHex(link.spanId())));
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

  private SpanColumn one(Function<Span, @Nullable SpanValue> value) {
    List<@Nullable SpanValue> values = new ArrayList<>(spans.size());
    spans.forEach(span -> values.add(value.apply(span)));
    return column(values);
  }

  private interface OfPart<T> {
    @Nullable SpanValue value(Span span, T part);
  }

  private <T> SpanColumn each(Function<Span, List<T>> parts, OfPart<T> value) {
    List<@Nullable SpanValue> values = new ArrayList<>();
    int[] ends = new int[spans.size()];
    for (int row = 0; row < ends.length; row++) {
      Span span = spans.get(row);
      parts.apply(span).forEach(part -> values.add(value.value(span, part)));
      ends[row] = values.size();
    }
    return values.isEmpty() ? SpanColumn.ABSENT : new SpanColumn.Lists(ends, column(values));
  }

  /** Numbers of one type as such, anything else by a dictionary. */
  private static SpanColumn column(List<@Nullable SpanValue> values) {
    Map<SpanValue, Integer> places = new LinkedHashMap<>();
    int[] codes = new int[values.size()];
    boolean ints = true;
    boolean decimals = true;
    for (int i = 0; i < codes.length; i++) {
      SpanValue value = values.get(i);
      codes[i] = -1;
      if (value != null) {
        ints &= value instanceof SpanValue.Int;
        decimals &= value instanceof SpanValue.Decimal;
        codes[i] = place(value, places);
      }
    }
    if (places.isEmpty()) {
      return SpanColumn.ABSENT;
    }
    List<SpanValue> dictionary = List.copyOf(places.keySet());
    return ints || decimals
        ? numbers(dictionary, codes, ints)
        : new AttributeColumn.Codes(dictionary, codes);
  }

  private static int place(SpanValue value, Map<SpanValue, Integer> places) {
    Integer known = places.putIfAbsent(value, places.size());
    return known == null ? places.size() - 1 : known;
  }

  private static SpanColumn numbers(List<SpanValue> dictionary, int[] codes, boolean ints) {
    long[] longs = new long[codes.length];
    double[] doubles = new double[codes.length];
    long[] present = new long[(codes.length + 63) >>> 6];
    for (int i = 0; i < codes.length; i++) {
      if (codes[i] >= 0) {
        present[i >>> 6] |= 1L << i;
        SpanValue value = dictionary.get(codes[i]);
        longs[i] = value instanceof SpanValue.Int(long number) ? number : 0;
        doubles[i] = value instanceof SpanValue.Decimal(double number) ? number : 0;
      }
    }
    return ints ? new SpanColumn.Longs(longs, present) : new SpanColumn.Doubles(doubles, present);
  }

  private long[] longs(ToLongFunction<Span> part) {
    return spans.stream().mapToLong(part).toArray();
  }

  @Override
  public long[] traceHigh() {
    return longs(span -> span.traceId().high());
  }

  @Override
  public long[] traceLow() {
    return longs(span -> span.traceId().low());
  }

  @Override
  public long[] spanIds() {
    return longs(Span::spanId);
  }

  @Override
  public long[] parentIds() {
    return longs(Span::parentSpanId);
  }

  @Override
  public long[] starts() {
    return longs(Span::startNanos);
  }

  @Override
  public long[] durations() {
    return longs(Span::durationNanos);
  }

  @Override
  public long[] kinds() {
    return longs(span -> span.kind().ordinal());
  }

  @Override
  public long[] rowNumbers() {
    return longs(Span::row);
  }

  @Override
  public Span decode(int row) {
    return spans.get(row);
  }

  @Override
  public boolean mightContainTrace(long high, long low) {
    return true;
  }

  @Override
  public boolean mightMatch(CompiledCondition condition) {
    return true;
  }

  @Override
  public Collection<SpanField.Attribute> attributes() {
    throw new IllegalStateException("spans as objects have no directory of attributes");
  }

  @Override
  public long bytesRead() {
    return 0;
  }

  @Override
  public int traces() {
    return 0;
  }

  @Override
  public int traceFrom(int trace) {
    throw new IllegalStateException("spans as objects have no traces");
  }

  @Override
  public int[] parents() {
    throw new IllegalStateException("spans as objects have no parents");
  }
}
