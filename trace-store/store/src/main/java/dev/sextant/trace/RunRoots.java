package dev.sextant.trace;

import dev.sextant.storage.block.Grouping;
import dev.sextant.storage.codec.TextDictionary;
import dev.sextant.storage.codec.Texts;
import dev.sextant.storage.otlp.AttributeValue;
import dev.sextant.storage.otlp.Slice;
import dev.sextant.storage.table.Column;
import dev.sextant.storage.table.ColumnKey;
import dev.sextant.storage.table.TableEncoder;
import dev.sextant.storage.table.TextValues;
import dev.sextant.storage.table.ValueType;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Services and names of traces' roots, by which blocks are told apart without reading their spans.
 * For one run.
 */
final class RunRoots {
  private final RunRows rows;
  private final RunOrder order;

  /** By trace, the name of its root in {@link #names}, or -1. */
  private final int[] namesOfTraces;

  private final TextDictionary names = new TextDictionary();

  /** By number of a resource, its service where it has none or it is text; null where it is not. */
  private final List<@Nullable Slice> services = new ArrayList<>();

  RunRoots(RunRows rows, RunOrder order) {
    this.rows = rows;
    this.order = order;
    this.namesOfTraces = new int[order.roots.length];
    Texts resources = rows.resourceEntries.texts();
    for (int i = 0; i < resources.size(); i++) {
      services.add(service(resources.get(i)));
    }
    readNames();
  }

  private static @Nullable Slice service(Slice resource) {
    AttributeValue value = Grouping.resource(resource).attributes().get("service.name");
    if (value == null) {
      return Slice.EMPTY;
    }
    return value instanceof AttributeValue.Text(String name)
        ? Slice.of(name.getBytes(StandardCharsets.UTF_8))
        : null;
  }

  private void readNames() {
    int[] rootOf = new int[rows.rows()];
    for (int trace = 0; trace < namesOfTraces.length; trace++) {
      namesOfTraces[trace] = -1;
      if (order.sizes[trace] > 0 && order.roots[trace] >= 0) {
        rootOf[order.roots[trace]] = trace + 1;
      }
    }
    for (int block = 0; block < rows.blocks.size(); block++) {
      var spans = rows.blocks.get(block).spans;
      if (spans.load(spans.field(SpanTables.Span.NAME)) instanceof TextValues values) {
        Texts entries = values.entries();
        int[] codes = values.codes();
        for (int i = 0; i < spans.rows(); i++) {
          int trace = rootOf[rows.from[block] + i] - 1;
          if (trace >= 0) {
            namesOfTraces[trace] = names.idOf(entries.get(codes[i]));
          }
        }
      }
    }
  }

  /** Writes the columns of a block's traces; neither where some root's service is no text. */
  void encode(int[] traces, int from, int count, TableEncoder table) {
    TextDictionary ofServices = new TextDictionary();
    TextDictionary ofNames = new TextDictionary();
    int[] serviceCodes = new int[count];
    int[] nameCodes = new int[count];
    int[] shapes = new int[count];
    int rooted = 0;
    for (int i = 0; i < count; i++) {
      int trace = traces[from + i];
      if (namesOfTraces[trace] >= 0) {
        Slice service = services.get(rows.resources[order.roots[trace]]);
        if (service == null) {
          table.shapes(List.of(new int[0]), new int[count]);
          return;
        }
        serviceCodes[rooted] = ofServices.idOf(service);
        nameCodes[rooted++] = ofNames.idOf(names.texts().get(namesOfTraces[trace]));
        shapes[i] = 1;
      }
    }
    if (rooted == 0) {
      table.shapes(List.of(new int[0]), new int[count]);
      return;
    }
    int[] columns = {table.columns(), table.columns() + 1};
    table.column(texts(SpanTables.Trace.ROOT_SERVICE, ofServices, serviceCodes, rooted));
    table.column(texts(SpanTables.Trace.ROOT_NAME, ofNames, nameCodes, rooted));
    table.shapes(List.of(new int[0], columns), shapes);
  }

  private static Column texts(int field, TextDictionary entries, int[] codes, int count) {
    return new Column(
        ColumnKey.ofField(field, ValueType.TEXT), count, TextValues.of(entries.texts(), codes));
  }
}
