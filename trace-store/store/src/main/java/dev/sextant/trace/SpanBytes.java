package dev.sextant.trace;

import dev.sextant.storage.table.ColumnKey;
import dev.sextant.storage.table.StoredTable;
import java.util.Map;
import java.util.TreeMap;

/** Counts the bytes that columns take in stored blocks. For one thread. */
final class SpanBytes {
  private static final String[] SPAN_FIELDS = {
    "",
    "row",
    "trace",
    "span id",
    "parent id",
    "start",
    "length",
    "name",
    "kind",
    "resource",
    "scope",
    "status",
    "status message",
    "trace state",
    "flags",
    "dropped attributes",
    "dropped events",
    "dropped links",
    "events",
    "links",
    "other",
    "parent"
  };

  private final Map<String, Long> bytes = new TreeMap<>();

  void add(StoredSpanBlock block) {
    StoredSpanTables tables = block.tables();
    count("headers", tables.parts.headerLength());
    if (tables.isTraceMajor()) {
      add("parent", tables.parents());
    } else {
      count("bloom of traces", tables.parts.length(tables.bloomPart()));
    }
    add("trace", tables.traces);
    add("resource", tables.resources);
    add("scope", tables.scopes);
    add("span", tables.spans);
    add("event", tables.events);
    add("link", tables.links);
  }

  private void add(String table, StoredTable columns) {
    count(table + " shapes", columns.bytesOfShapes());
    for (int i = 0; i < columns.columns(); i++) {
      count(table + " " + name(table, columns.key(i)), columns.bytes(i));
    }
  }

  private static String name(String table, ColumnKey key) {
    if (key.isAttribute()) {
      return key.key().text() + " (" + key.type() + ")";
    }
    return table.equals("span") ? "[" + SPAN_FIELDS[key.field()] + "]" : "[" + key.field() + "]";
  }

  private void count(String what, int size) {
    bytes.merge(what, (long) size, Long::sum);
  }

  Map<String, Long> bytes() {
    return bytes;
  }
}
