package dev.sextant.benchmarks.traces;

import dev.sextant.benchmarks.traces.Service.Database;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.Span.Event;
import io.opentelemetry.proto.trace.v1.Span.SpanKind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A span as it comes to be: first its place in the tree, then its times, then what it says. */
final class MadeSpan {
  /** Its place in its trace; parents come before children. */
  final int index;

  /** The parent's index; -1 for a root. */
  final int parent;

  final Service service;
  final SpanKind kind;

  /** What it serves, calls or does; null where it queries a database. */
  final @Nullable Operation operation;

  final @Nullable Database database;

  /** The service it calls, for a client. */
  final @Nullable Service peer;

  final int depth;

  int instance;

  /** Own work, without children. */
  long selfNanos;

  long startNanos;
  long durationNanos;

  /** Nobody waits for it: not within its parent's time. */
  boolean detached;

  boolean failed;

  /** HTTP status or 0. */
  int httpStatus;

  /** The path with ids, of HTTP spans. */
  String path = "";

  String name = "";

  /** What our server calls it: by a path's template where its name holds a path. */
  String operationName = "";

  String scope = "";
  final List<KeyValue> attributes = new ArrayList<>(12);
  final List<Event> events = new ArrayList<>(0);

  /** Numbers of traces whose roots it links to. */
  final List<Long> links = new ArrayList<>(0);

  MadeSpan(
      int index,
      @Nullable MadeSpan parent,
      Service service,
      SpanKind kind,
      @Nullable Operation operation,
      @Nullable Database database,
      @Nullable Service peer) {
    this.index = index;
    this.parent = parent == null ? -1 : parent.index;
    this.service = service;
    this.kind = kind;
    this.operation = operation;
    this.database = database;
    this.peer = peer;
    this.depth = parent == null ? 0 : parent.depth + 1;
  }

  long endNanos() {
    return startNanos + durationNanos;
  }

  boolean isServing() {
    return kind == SpanKind.SPAN_KIND_SERVER || kind == SpanKind.SPAN_KIND_CONSUMER;
  }

  /** The value of an attribute, or null. */
  @Nullable KeyValue attribute(String key) {
    for (KeyValue each : attributes) {
      if (each.getKey().equals(key)) {
        return each;
      }
    }
    return null;
  }
}
