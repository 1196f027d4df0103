package dev.sextant.trace;

import dev.sextant.storage.codec.Hash;
import dev.sextant.storage.codec.Texts;
import dev.sextant.storage.otlp.TraceId;
import dev.sextant.storage.table.StoredTable;
import dev.sextant.trace.model.CompiledCondition;
import dev.sextant.trace.model.SpanColumn;
import dev.sextant.trace.model.SpanCondition;
import dev.sextant.trace.model.SpanCondition.Op;
import dev.sextant.trace.model.SpanField;
import dev.sextant.trace.model.SpanField.Intrinsic;
import dev.sextant.trace.model.SpanValue;
import dev.sextant.trace.model.ValueTest;
import java.nio.charset.StandardCharsets;

/**
 * Tells of a comparison whether any span of a stored block may satisfy it: by the directory of
 * columns first, then by statistics, bloom filters and dictionaries.
 */
final class StoredPruning implements CompiledCondition.Knowledge {
  private final StoredSpanBlock block;
  private final StoredSpanTables tables;

  StoredPruning(StoredSpanBlock block, StoredSpanTables tables) {
    this.block = block;
    this.tables = tables;
  }

  @Override
  public boolean mightHave(SpanField field) {
    return switch (field) {
      case SpanField.Attribute attribute -> hasColumns(attribute);
      case Intrinsic intrinsic -> true;
    };
  }

  private boolean hasColumns(SpanField.Attribute attribute) {
    StoredTable table = table(attribute.scope());
    return table.rest() >= 0 || table.attribute(key(attribute)).length > 0;
  }

  private static byte[] key(SpanField.Attribute attribute) {
    return attribute.key().getBytes(StandardCharsets.UTF_8);
  }

  private StoredTable table(SpanField.Scope scope) {
    return switch (scope) {
      case SPAN -> tables.spans;
      case RESOURCE -> tables.resources;
      case INSTRUMENTATION -> tables.scopes;
      case EVENT -> tables.events;
      case LINK -> tables.links;
    };
  }

  @Override
  public boolean mightHold(SpanCondition.Compare compare, ValueTest test) {
    return switch (compare.field()) {
      case SpanField.Attribute attribute -> attributeMightHold(attribute, compare, test);
      case Intrinsic intrinsic -> intrinsicMightHold(intrinsic, compare, test);
    };
  }

  private boolean attributeMightHold(
      SpanField.Attribute attribute, SpanCondition.Compare compare, ValueTest test) {
    StoredTable table = table(attribute.scope());
    if (table.rest() >= 0) {
      return true;
    }
    for (int column : table.attribute(key(attribute))) {
      if (columnMightHold(table, column, compare, test)) {
        return true;
      }
    }
    return false;
  }

  private static boolean columnMightHold(
      StoredTable table, int column, SpanCondition.Compare compare, ValueTest test) {
    return switch (table.key(column).type()) {
      case INT -> longsMightHold(table, column, test);
      case DECIMAL -> decimalsMightHold(table, column, test);
      case TEXT -> textsMightHold(table, column, compare, test);
      case BOOL ->
          (table.min(column) == 0 && test.testBool(false))
              || (table.max(column) == 1 && test.testBool(true));
      case VALUE, PAIR, REST -> true;
    };
  }

  private static boolean longsMightHold(StoredTable table, int column, ValueTest test) {
    if (!test.mayHoldLong(table.min(column), table.max(column))) {
      return false;
    }
    long[] distinct = table.distinct(column);
    for (long each : distinct) {
      if (test.testLong(each)) {
        return true;
      }
    }
    return distinct.length == 0;
  }

  private static boolean decimalsMightHold(StoredTable table, int column, ValueTest test) {
    double min = Double.longBitsToDouble(table.min(column));
    double max = Double.longBitsToDouble(table.max(column));
    return Double.isNaN(min) || Double.isNaN(max) || test.mayHoldDouble(min, max);
  }

  private static boolean textsMightHold(
      StoredTable table, int column, SpanCondition.Compare compare, ValueTest test) {
    if (compare.op() == Op.EQUAL && compare.operand() instanceof SpanValue.Text(String text)) {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      if (!table.mightContain(column, Hash.of(bytes, 0, bytes.length))) {
        return false;
      }
    }
    Texts entries = table.texts(column).entries();
    for (int i = 0; i < entries.size(); i++) {
      if (test.testText(entries.get(i).text())) {
        return true;
      }
    }
    return false;
  }

  private boolean intrinsicMightHold(
      Intrinsic field, SpanCondition.Compare compare, ValueTest test) {
    return switch (field) {
      case NAME, INSTRUMENTATION_NAME, INSTRUMENTATION_VERSION, STATUS_MESSAGE ->
          Pruning.mightHold(block.column(field), test);
      case EVENT_NAME ->
          block.column(field) instanceof SpanColumn.Lists(var ends, SpanColumn names)
              && Pruning.mightHold(names, test);
      case DURATION -> durationMightHold(test);
      case KIND, STATUS -> true;
      case TRACE_ID -> traceMightHold(compare);
      case ROOT_NAME -> rootMightHold(SpanTables.Trace.ROOT_NAME, compare, test);
      case ROOT_SERVICE -> rootMightHold(SpanTables.Trace.ROOT_SERVICE, compare, test);
      default -> true;
    };
  }

  /** Roots are told of in trace-major blocks only, and where their services are text. */
  private boolean rootMightHold(int field, SpanCondition.Compare compare, ValueTest test) {
    int column = tables.traces.field(field);
    return column < 0 || textsMightHold(tables.traces, column, compare, test);
  }

  private boolean durationMightHold(ValueTest test) {
    StoredTable spans = tables.spans;
    int column = spans.field(SpanTables.Span.LENGTH);
    return test.mayHoldLong(Math.max(0, spans.min(column)), Math.max(0, spans.max(column)));
  }

  private boolean traceMightHold(SpanCondition.Compare compare) {
    if (compare.op() != Op.EQUAL || !(compare.operand() instanceof SpanValue.Text(String hex))) {
      return true;
    }
    if (hex.length() != 32) {
      return false;
    }
    try {
      TraceId trace = TraceId.parse(hex);
      return block.mightContainTrace(trace.high(), trace.low());
    } catch (IllegalArgumentException e) {
      return false; // no trace has such an id
    }
  }
}
