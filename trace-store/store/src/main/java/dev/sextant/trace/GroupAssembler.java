package dev.sextant.trace;

import dev.sextant.storage.block.Grouping;
import dev.sextant.storage.otlp.ProtoWriter;
import dev.sextant.storage.otlp.Resource;
import dev.sextant.storage.otlp.Scope;
import dev.sextant.storage.otlp.Slice;
import dev.sextant.storage.table.RowReader;
import java.util.HashMap;
import java.util.Map;

/** Puts the resources and scopes of a stored block together again. For one thread. */
final class GroupAssembler {
  private final RowReader resources;
  private final RowReader scopes;
  private final ProtoWriter out = new ProtoWriter();
  private final Map<Integer, Resource> decodedResources = new HashMap<>();
  private final Map<Integer, Scope> decodedScopes = new HashMap<>();

  GroupAssembler(StoredSpanTables tables) {
    this.resources = new RowReader(tables.resources);
    this.scopes = new RowReader(tables.scopes);
  }

  /** A resource by its number in the block. */
  Resource resource(int number) {
    return decodedResources.computeIfAbsent(
        number, n -> Grouping.resource(Slice.of(resourceEntry(n).copy())));
  }

  /** A scope by its number in the block. */
  Scope scope(int number) {
    return decodedScopes.computeIfAbsent(
        number, n -> Grouping.scope(Slice.of(scopeEntry(n).copy())));
  }

  /** A resource as {@link Grouping} encodes it. */
  Slice resourceEntry(int number) {
    Slice message = resourceMessage(number);
    return Grouping.encode(message, resources.text(SpanTables.Resource.SCHEMA_URL));
  }

  /** A scope as {@link Grouping} encodes it. */
  Slice scopeEntry(int number) {
    Slice message = scopeMessage(number);
    return Grouping.encode(message, scopes.text(SpanTables.Scope.SCHEMA_URL));
  }

  /** A {@code Resource} message; valid until the next of this object is made. */
  Slice resourceMessage(int number) {
    out.clear();
    resources.moveTo(number);
    resources.attributes(1, out);
    number(2, resources, SpanTables.Resource.DROPPED_ATTRIBUTES);
    out.raw(resources.text(SpanTables.Resource.OTHER));
    return out.written();
  }

  /** An {@code InstrumentationScope} message; valid until the next of this object is made. */
  Slice scopeMessage(int number) {
    out.clear();
    scopes.moveTo(number);
    out.delimitedUnlessEmpty(1, scopes.text(SpanTables.Scope.NAME));
    out.delimitedUnlessEmpty(2, scopes.text(SpanTables.Scope.VERSION));
    scopes.attributes(3, out);
    number(4, scopes, SpanTables.Scope.DROPPED_ATTRIBUTES);
    out.raw(scopes.text(SpanTables.Scope.OTHER));
    return out.written();
  }

  private void number(int field, RowReader row, int column) {
    long number = row.number(column, 0);
    if (number != 0) {
      out.varint(field, number);
    }
  }
}
