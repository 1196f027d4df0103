package dev.sextant.trace;

import dev.sextant.storage.codec.ByteSource;
import dev.sextant.storage.codec.ByteWriter;
import dev.sextant.storage.otlp.MalformedOtlpException;
import dev.sextant.storage.otlp.OtlpLimits;
import dev.sextant.storage.otlp.ProtoReader;
import dev.sextant.storage.otlp.Slice;
import dev.sextant.storage.table.Table;
import dev.sextant.storage.table.TableBuilder;
import dev.sextant.storage.table.ValueType;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes tables of the resources and scopes that spans share. */
final class GroupBuilder {
  private static final Logger LOG = LoggerFactory.getLogger(GroupBuilder.class);

  private GroupBuilder() {}

  /** What a resource or scope holds beside attributes. One is used for all. */
  private static final class Group {
    private final int nameField;
    private final int versionField;
    private final int attributesField;
    private final int droppedField;
    Slice name = Slice.EMPTY;
    Slice version = Slice.EMPTY;
    long dropped;
    final ByteWriter unknown = new ByteWriter(16);

    /** Fields are protobuf's numbers, 0 for one that the message does not have. */
    Group(int nameField, int versionField, int attributesField, int droppedField) {
      this.nameField = nameField;
      this.versionField = versionField;
      this.attributesField = attributesField;
      this.droppedField = droppedField;
    }

    void read(Slice message, TableBuilder table) {
      name = version = Slice.EMPTY;
      dropped = 0;
      unknown.clear();
      ProtoReader reader = new ProtoReader(message, OtlpLimits.STORED);
      try {
        for (int at = reader.position(); reader.next(); at = reader.position()) {
          readField(reader, at, table);
        }
      } catch (MalformedOtlpException e) {
        // Its receiver read it to the last byte, so it was damaged since; the rest is kept.
        LOG.error("a resource or scope cannot be read to its end", e);
      }
    }

    private void readField(ProtoReader reader, int from, TableBuilder table) {
      int field = reader.field();
      if (field == attributesField) {
        attribute(table, reader);
      } else if (field == droppedField) {
        dropped = reader.varint32();
      } else if (field == nameField) {
        name = reader.slice();
      } else if (field == versionField) {
        version = reader.slice();
      } else {
        keep(reader, from, unknown);
      }
    }
  }

  /**
   * @param entries as {@link dev.sextant.storage.block.Grouping} makes them
   */
  static Table resources(List<Slice> entries) {
    TableBuilder table = new TableBuilder();
    int url = table.field(SpanTables.Resource.SCHEMA_URL, ValueType.TEXT);
    int dropped = table.field(SpanTables.Resource.DROPPED_ATTRIBUTES, ValueType.INT);
    int other = table.field(SpanTables.Resource.OTHER, ValueType.VALUE);
    Group group = new Group(0, 0, 1, 2);
    for (Slice entry : entries) {
      ByteSource in = new ByteSource(entry);
      optional(table, url, in.getSized());
      group.read(in.getSlice(in.remaining()), table);
      optional(table, dropped, group.dropped);
      optional(table, other, group.unknown);
      table.endRow();
    }
    return table.build();
  }

  /** As {@link #resources}. */
  static Table scopes(List<Slice> entries) {
    TableBuilder table = new TableBuilder();
    int name = table.field(SpanTables.Scope.NAME, ValueType.TEXT);
    int version = table.field(SpanTables.Scope.VERSION, ValueType.TEXT);
    int url = table.field(SpanTables.Scope.SCHEMA_URL, ValueType.TEXT);
    int dropped = table.field(SpanTables.Scope.DROPPED_ATTRIBUTES, ValueType.INT);
    int other = table.field(SpanTables.Scope.OTHER, ValueType.VALUE);
    Group group = new Group(1, 2, 3, 4);
    for (Slice entry : entries) {
      ByteSource in = new ByteSource(entry);
      optional(table, url, in.getSized());
      group.read(in.getSlice(in.remaining()), table);
      optional(table, name, group.name);
      optional(table, version, group.version);
      optional(table, dropped, group.dropped);
      optional(table, other, group.unknown);
      table.endRow();
    }
    return table.build();
  }

  /** The attribute that a reader stands on. */
  static void attribute(TableBuilder table, ProtoReader reader) {
    reader.delimited();
    table.attribute(reader.bytes(), reader.from(), reader.to());
  }

  /**
   * Passes over a field and keeps it whole.
   *
   * @param from where its tag begins
   */
  static void keep(ProtoReader reader, int from, ByteWriter into) {
    reader.skip();
    into.put(reader.bytes(), from, reader.position());
  }

  /** A field that is left out where it is 0. */
  static void optional(TableBuilder table, int column, long number) {
    if (number != 0) {
      table.putOptional(column, number);
    }
  }

  /** A field that is left out where it is empty. */
  static void optional(TableBuilder table, int column, Slice text) {
    if (text.length() > 0) {
      table.putOptional(column, text.bytes(), text.from(), text.to());
    }
  }

  static void optional(TableBuilder table, int column, ByteWriter bytes) {
    if (bytes.length() > 0) {
      table.putOptional(column, bytes.array(), 0, bytes.length());
    }
  }
}
