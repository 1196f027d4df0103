package dev.sextant.storage.otlp;

import java.nio.ByteBuffer;

/**
 * Builds a request of chosen rows of another one, in their order and under their resources and
 * scopes.
 */
public final class RowRewriter {
  private final ProtoWriter request = new ProtoWriter();
  private final ProtoWriter group = new ProtoWriter();
  private final ProtoWriter scope = new ProtoWriter();
  private Slice groupUrl = Slice.EMPTY;
  private Slice scopeUrl = Slice.EMPTY;
  private int resourceOrdinal = -1;
  private int scopeOrdinal = -1;

  /** Adds the row that the cursor stands on. */
  public void add(RowCursor cursor) {
    if (cursor.scopeOrdinal() != scopeOrdinal) {
      endScope();
      if (cursor.resourceOrdinal() != resourceOrdinal) {
        endGroup();
        resourceOrdinal = cursor.resourceOrdinal();
        group.delimitedUnlessEmpty(1, cursor.resourceBytes());
        groupUrl = cursor.resourceSchemaUrl();
      }
      scopeOrdinal = cursor.scopeOrdinal();
      scope.delimitedUnlessEmpty(1, cursor.scopeBytes());
      scopeUrl = cursor.scopeSchemaUrl();
    }
    scope.delimited(2, cursor.row());
  }

  /** Adds the first rows of a request, up to a number that is left out. */
  void addAllBefore(Slice request, int index, OtlpLimits limits) {
    RowCursor cursor = new RowCursor(request, limits);
    while (cursor.next() && cursor.index() < index) {
      add(cursor);
    }
  }

  /** The request. */
  public ByteBuffer finish() {
    endScope();
    endGroup();
    return ByteBuffer.wrap(request.toByteArray());
  }

  private void endScope() {
    if (scopeOrdinal >= 0) {
      scope.delimitedUnlessEmpty(3, scopeUrl);
      group.delimited(2, scope.written());
      scope.clear();
      scopeOrdinal = -1;
    }
  }

  private void endGroup() {
    if (resourceOrdinal >= 0) {
      group.delimitedUnlessEmpty(3, groupUrl);
      request.delimited(1, group.written());
      group.clear();
      resourceOrdinal = -1;
    }
  }
}
