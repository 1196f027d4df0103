package dev.sextant.trace;

import dev.sextant.storage.block.Block;
import dev.sextant.storage.table.ColumnKey;
import dev.sextant.storage.table.StoredTable;
import dev.sextant.storage.table.ValueType;
import dev.sextant.trace.model.CompiledCondition;
import dev.sextant.trace.model.SpanColumn;
import dev.sextant.trace.model.SpanField;
import dev.sextant.trace.model.SpanField.Intrinsic;
import dev.sextant.trace.model.SpanValue;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A stored block of spans: what blocks in order of arrival and trace-major ones have in common. */
abstract sealed class StoredSpanBlock implements Block, SpanBlock
    permits ArrivalSpanBlock, TraceMajorBlock {
  private static final int RESOURCE = SpanTables.Span.RESOURCE;
  private static final int SCOPE = SpanTables.Span.SCOPE;

  final StoredSpanTables tables;
  final StoredTable spans;
  private final Map<SpanField, SpanColumn> columns = new HashMap<>();
  private long @Nullable [] durations;
  private int @Nullable [] eventEnds;
  private int @Nullable [] linkEnds;
  private @Nullable SpanAssembler assembler;

  StoredSpanBlock(StoredSpanTables tables) {
    this.tables = tables;
    this.spans = tables.spans;
  }

  @Override
  public String tenant() {
    return tables.parts.tenant();
  }

  @Override
  public String service() {
    return tables.parts.service();
  }

  @Override
  public int rows() {
    return spans.rows();
  }

  @Override
  public long minTime() {
    return tables.parts.minTime();
  }

  @Override
  public long maxTime() {
    return tables.parts.maxTime();
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
      columns.put(field, known);
    }
    return known;
  }

  private SpanColumn attribute(SpanField.Attribute attribute) {
    byte[] key = attribute.key().getBytes(StandardCharsets.UTF_8);
    return switch (attribute.scope()) {
      case SPAN -> StoredColumns.attribute(spans, key);
      case RESOURCE ->
          ofGroup(StoredColumns.attribute(tables.resources, key), tables.resources, RESOURCE);
      case INSTRUMENTATION ->
          ofGroup(StoredColumns.attribute(tables.scopes, key), tables.scopes, SCOPE);
      case EVENT -> ofEvents(StoredColumns.attribute(tables.events, key));
      case LINK -> ofLinks(StoredColumns.attribute(tables.links, key));
    };
  }

  /** A column of what spans share, by each span. */
  private SpanColumn ofGroup(SpanColumn column, StoredTable group, int field) {
    return column == SpanColumn.ABSENT
        ? column
        : EntryColumn.of(values(column, group.rows()), () -> numbers(field), rows());
  }

  private static List<@Nullable SpanValue> values(SpanColumn column, int rows) {
    List<@Nullable SpanValue> values = new ArrayList<>(rows);
    for (int i = 0; i < rows; i++) {
      values.add(SpanColumn.value(column, i));
    }
    return values;
  }

  private SpanColumn ofEvents(SpanColumn values) {
    return tables.events.rows() == 0
        ? SpanColumn.ABSENT
        : new SpanColumn.Lists(eventEnds(), values);
  }

  private SpanColumn ofLinks(SpanColumn values) {
    return tables.links.rows() == 0 ? SpanColumn.ABSENT : new SpanColumn.Lists(linkEnds(), values);
  }

  private SpanColumn intrinsic(Intrinsic field) {
    return switch (field) {
      case NAME -> StoredColumns.field(spans, SpanTables.Span.NAME);
      case KIND -> new SpanColumn.Longs(known(kinds(), Span.Kind.values().length), null);
      case STATUS -> new SpanColumn.Longs(known(statuses(), Span.Status.values().length), null);
      case STATUS_MESSAGE -> StoredColumns.field(spans, SpanTables.Span.STATUS_MESSAGE);
      case START -> new SpanColumn.Longs(starts(), null);
      case DURATION -> new SpanColumn.Longs(durations(), null);
      case TRACE_ID -> IdColumn.ofTraces(traceHigh(), traceLow(), rows());
      case SPAN_ID -> IdColumn.ofSpans(spanIds(), rows(), false);
      case PARENT_ID -> IdColumn.ofSpans(parentIds(), rows(), true);
      case INSTRUMENTATION_NAME -> ofScope(SpanTables.Scope.NAME);
      case INSTRUMENTATION_VERSION -> ofScope(SpanTables.Scope.VERSION);
      case EVENT_NAME -> ofEvents(StoredColumns.field(tables.events, SpanTables.Event.NAME));
      case EVENT_TIME_SINCE_START ->
          ofEvents(StoredColumns.field(tables.events, SpanTables.Event.TIME));
      case LINK_TRACE_ID -> ofLinks(linkedTraces());
      case LINK_SPAN_ID -> ofLinks(linkedSpans());
      case ROOT_NAME,
          ROOT_SERVICE,
          TRACE_START,
          TRACE_DURATION,
          CHILD_COUNT,
          NESTED_SET_LEFT,
          NESTED_SET_RIGHT,
          NESTED_SET_PARENT ->
          ofTrace(field);
    };
  }

  /** A field that a span has from its whole trace. */
  abstract SpanColumn ofTrace(Intrinsic field);

  private SpanColumn ofScope(int field) {
    return ofGroup(StoredColumns.field(tables.scopes, field), tables.scopes, SCOPE);
  }

  private SpanColumn linkedTraces() {
    StoredTable links = tables.links;
    return links.rows() == 0
        ? SpanColumn.ABSENT
        : IdColumn.ofTraces(
            links.numbers(links.field(SpanTables.Link.TRACE_HIGH)),
            links.numbers(links.field(SpanTables.Link.TRACE_LOW)),
            links.rows());
  }

  private SpanColumn linkedSpans() {
    StoredTable links = tables.links;
    return links.rows() == 0
        ? SpanColumn.ABSENT
        : IdColumn.ofSpans(
            links.numbers(links.field(SpanTables.Link.SPAN_ID)), links.rows(), false);
  }

  /** Unknown numbers read as 0, as proto3 wants of open enumerations. */
  private static long[] known(long[] sent, int known) {
    for (long each : sent) {
      if (each < 0 || each >= known) {
        return Arrays.stream(sent).map(n -> n < 0 || n >= known ? 0 : n).toArray();
      }
    }
    return sent;
  }

  /** A field that every span has. */
  final long[] numbers(int field) {
    return spans.numbers(spans.field(field));
  }

  /** A field that some spans have, 0 for others. */
  final long[] optional(int field) {
    return StoredColumns.field(spans, field) instanceof SpanColumn.Longs(long[] values, var present)
        ? values
        : new long[rows()];
  }

  @Override
  public long[] spanIds() {
    return numbers(SpanTables.Span.SPAN_ID);
  }

  @Override
  public long[] durations() {
    long[] known = durations;
    if (known == null) {
      known = numbers(SpanTables.Span.LENGTH);
      if (spans.min(spans.field(SpanTables.Span.LENGTH)) < 0) {
        known = Arrays.stream(known).map(length -> Math.max(0, length)).toArray();
      }
      durations = known;
    }
    return known;
  }

  @Override
  public long[] kinds() {
    return numbers(SpanTables.Span.KIND);
  }

  private long[] statuses() {
    return optional(SpanTables.Span.STATUS);
  }

  /** Where each span's events end in the table of events. */
  int[] eventEnds() {
    int[] known = eventEnds;
    if (known == null) {
      known = ends(SpanTables.Span.EVENTS);
      eventEnds = known;
    }
    return known;
  }

  /** Where each span's links end in the table of links. */
  int[] linkEnds() {
    int[] known = linkEnds;
    if (known == null) {
      known = ends(SpanTables.Span.LINKS);
      linkEnds = known;
    }
    return known;
  }

  private int[] ends(int field) {
    long[] counts = optional(field);
    int[] ends = new int[rows()];
    int end = 0;
    for (int i = 0; i < ends.length; i++) {
      end += (int) counts[i];
      ends[i] = end;
    }
    return ends;
  }

  @Override
  public Span decode(int row) {
    return assembler().decode(row);
  }

  StoredSpanTables tables() {
    return tables;
  }

  /** Puts spans together again. */
  SpanAssembler assembler() {
    SpanAssembler known = assembler;
    if (known == null) {
      known = new SpanAssembler(this, tables);
      assembler = known;
    }
    return known;
  }

  @Override
  public boolean mightMatch(CompiledCondition condition) {
    return condition.mightHold(new StoredPruning(this, tables));
  }

  @Override
  public Collection<SpanField.Attribute> attributes() {
    Set<SpanField.Attribute> all = new HashSet<>();
    add(spans, SpanField.Scope.SPAN, all);
    add(tables.resources, SpanField.Scope.RESOURCE, all);
    add(tables.scopes, SpanField.Scope.INSTRUMENTATION, all);
    add(tables.events, SpanField.Scope.EVENT, all);
    add(tables.links, SpanField.Scope.LINK, all);
    return all;
  }

  private static void add(StoredTable table, SpanField.Scope scope, Set<SpanField.Attribute> all) {
    for (int i = 0; i < table.columns(); i++) {
      ColumnKey key = table.key(i);
      if (key.isAttribute() && key.type() != ValueType.REST) {
        all.add(new SpanField.Attribute(scope, key.key().text()));
      }
    }
    StoredColumns.keysOfRest(table).forEach(key -> all.add(new SpanField.Attribute(scope, key)));
  }

  @Override
  public long bytesRead() {
    return tables.parts.bytesRead();
  }
}
