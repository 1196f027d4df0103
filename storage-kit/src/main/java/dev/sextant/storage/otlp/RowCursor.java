package dev.sextant.storage.otlp;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Walks the rows of an {@code ExportTraceServiceRequest} or {@code ExportLogsServiceRequest}
 * without making objects for them. Both have one shape: groups (field 1) of a resource (1), scopes
 * with rows (2) and a schema URL (3); in each of those a scope (1), rows (2) and a schema URL (3).
 * Resource, scope and schema URLs are found wherever they stand in their message. For one thread.
 *
 * <p>Throws {@link MalformedOtlpException} as {@link ProtoReader} does; what lies inside of rows,
 * resources and scopes is checked only as it is decoded.
 */
public final class RowCursor {
  private static final byte[] SERVICE_NAME = "service.name".getBytes(StandardCharsets.UTF_8);
  private static final String UNKNOWN_SERVICE = Resource.EMPTY.service();

  private final byte[] bytes;
  private final Slice request;
  private final int maxDepth;
  private final ProtoReader reader;
  private final ProtoReader scan;
  private final Part resource = new Part();
  private final Part scope = new Part();
  private int groupEnd = -1;
  private int scopeEnd = -1;
  private int index = -1;
  private int rowFrom;
  private int rowTo;
  private @Nullable String service;
  private @Nullable Resource decodedResource;
  private @Nullable Scope decodedScope;

  /** The message at field 1 of a group and the schema URL at field 3 beside it. */
  private static final class Part {
    int from;
    int to;
    int urlFrom;
    int urlTo;
    int ordinal = -1;
  }

  public RowCursor(ByteBuffer request, OtlpLimits limits) {
    this(Slice.of(request), limits);
  }

  public RowCursor(Slice request, OtlpLimits limits) {
    this.bytes = request.bytes();
    this.request = request;
    this.maxDepth = limits.maxDepth();
    this.reader = new ProtoReader(request, maxDepth);
    this.scan = new ProtoReader(request, maxDepth);
  }

  /** Moves to the next row; false after the last. */
  public boolean next() {
    while (true) {
      if (scopeEnd >= 0) {
        if (moveTo(2)) {
          reader.delimited();
          rowFrom = reader.from();
          rowTo = reader.to();
          index++;
          return true;
        }
        reader.leave(scopeEnd);
        scopeEnd = -1;
      } else if (groupEnd >= 0) {
        if (moveTo(2)) {
          scopeEnd = reader.enter();
          decodedScope = null;
          find(scope);
        } else {
          reader.leave(groupEnd);
          groupEnd = -1;
        }
      } else if (moveTo(1)) {
        groupEnd = reader.enter();
        service = null;
        decodedResource = null;
        find(resource);
      } else {
        return false;
      }
    }
  }

  private boolean moveTo(int field) {
    while (reader.next()) {
      if (reader.field() == field) {
        return true;
      }
      reader.skip();
    }
    return false;
  }

  private void find(Part part) {
    part.from = part.to = part.urlFrom = part.urlTo = reader.position();
    part.ordinal++;
    boolean seen = false;
    scan.reset(reader.position(), reader.end());
    while (scan.next()) {
      switch (scan.field()) {
        case 1 -> {
          if (seen) {
            throw scan.malformed(scan.position(), "a resource or scope stands twice in its group");
          }
          seen = true;
          scan.delimited();
          part.from = scan.from();
          part.to = scan.to();
        }
        case 3 -> {
          scan.utf8();
          part.urlFrom = scan.from();
          part.urlTo = scan.to();
        }
        default -> scan.skip();
      }
    }
  }

  /** The request's bytes, into which every index points. */
  public byte[] bytes() {
    return bytes;
  }

  /** Number of the current row in the request, from 0. */
  public int index() {
    return index;
  }

  public int rowFrom() {
    return rowFrom;
  }

  public int rowTo() {
    return rowTo;
  }

  /** The current row's message. */
  public Slice row() {
    return new Slice(bytes, rowFrom, rowTo);
  }

  /** A further reader over the same bytes, under the same limits; the caller sets its bounds. */
  public ProtoReader reader() {
    return new ProtoReader(request, maxDepth);
  }

  /** Counts the groups so far from 0, so that a caller can tell when the resource changes. */
  public int resourceOrdinal() {
    return resource.ordinal;
  }

  /** Counts the scopes so far from 0, through the whole request. */
  public int scopeOrdinal() {
    return scope.ordinal;
  }

  /** The current {@code Resource} message; empty where none was sent. */
  public Slice resourceBytes() {
    return new Slice(bytes, resource.from, resource.to);
  }

  public Slice resourceSchemaUrl() {
    return new Slice(bytes, resource.urlFrom, resource.urlTo);
  }

  /** The current {@code InstrumentationScope} message; empty where none was sent. */
  public Slice scopeBytes() {
    return new Slice(bytes, scope.from, scope.to);
  }

  public Slice scopeSchemaUrl() {
    return new Slice(bytes, scope.urlFrom, scope.urlTo);
  }

  /** The current resource; decoded once for all its rows. */
  public Resource resource() {
    if (decodedResource == null) {
      decodedResource = OtlpDecoder.resource(resourceBytes(), resourceSchemaUrl().text(), maxDepth);
    }
    return decodedResource;
  }

  /** The current scope; decoded once for all its rows. */
  public Scope scope() {
    if (decodedScope == null) {
      decodedScope = OtlpDecoder.scope(scopeBytes(), scopeSchemaUrl().text(), maxDepth);
    }
    return decodedScope;
  }

  /** {@link Resource#service()} of the current resource, without decoding the rest of it. */
  public String service() {
    if (service == null) {
      AttributeValue value = resourceAttribute(SERVICE_NAME);
      String text = value == null ? "" : value.asText();
      service = text.isEmpty() ? UNKNOWN_SERVICE : text;
    }
    return service;
  }

  /** One attribute of the current resource, or null. */
  public @Nullable AttributeValue resourceAttribute(byte[] key) {
    scan.reset(resource.from, resource.to);
    return OtlpDecoder.find(scan, 1, key);
  }
}
