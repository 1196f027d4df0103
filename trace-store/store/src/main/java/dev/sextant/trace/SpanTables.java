package dev.sextant.trace;

import dev.sextant.storage.table.Table;

/**
 * A block's spans as tables, in the order in which they are stored, behind one of their traces.
 * Numbers of fields are stored, so they stay what they are; a field that a row has by default is
 * left out of it.
 *
 * @param resources each distinct resource
 * @param scopes each distinct instrumentation scope
 * @param spans one row for each span
 * @param events of all spans, one behind the other
 * @param links of all spans, one behind the other
 */
record SpanTables(Table resources, Table scopes, Table spans, Table events, Table links) {

  /** Fields of a trace. */
  static final class Trace {
    static final int HIGH = 1;
    static final int LOW = 2;

    // In trace-major blocks:
    /** How many spans. */
    static final int SPANS = 3;

    /** Of its earliest span. */
    static final int START = 4;

    /** From there to its latest end. */
    static final int DURATION = 5;

    /** Service of its root, where that is text; absent where some trace's of the block is not. */
    static final int ROOT_SERVICE = 6;

    static final int ROOT_NAME = 7;

    private Trace() {}
  }

  /** Fields of a resource. */
  static final class Resource {
    static final int SCHEMA_URL = 1;
    static final int DROPPED_ATTRIBUTES = 2;

    /** Protobuf fields that OTLP does not know. */
    static final int OTHER = 3;

    private Resource() {}
  }

  /** Fields of a scope. */
  static final class Scope {
    static final int NAME = 1;
    static final int VERSION = 2;
    static final int SCHEMA_URL = 3;
    static final int DROPPED_ATTRIBUTES = 4;
    static final int OTHER = 5;

    private Scope() {}
  }

  /** Fields of a span. */
  static final class Span {
    /** Number in the journal; in blocks in order of arrival. */
    static final int ROW = 1;

    /** Which trace; in blocks in order of arrival. */
    static final int TRACE = 2;

    static final int SPAN_ID = 3;

    /** In blocks in order of arrival. */
    static final int PARENT_ID = 4;

    /** Nanoseconds since the epoch; in trace-major blocks since the trace's start. */
    static final int START = 5;

    /** End minus start, which may be negative. */
    static final int LENGTH = 6;

    static final int NAME = 7;
    static final int KIND = 8;
    static final int RESOURCE = 9;
    static final int SCOPE = 10;
    static final int STATUS = 11;
    static final int STATUS_MESSAGE = 12;
    static final int TRACE_STATE = 13;
    static final int FLAGS = 14;
    static final int DROPPED_ATTRIBUTES = 15;
    static final int DROPPED_EVENTS = 16;
    static final int DROPPED_LINKS = 17;

    /** How many. */
    static final int EVENTS = 18;

    static final int LINKS = 19;
    static final int OTHER = 20;

    /** In trace-major blocks: which row is the parent's, see {@link ParentCodes}. */
    static final int PARENT = 21;

    private Span() {}
  }

  /** Fields of an event. */
  static final class Event {
    /** Since its span's start. */
    static final int TIME = 1;

    static final int NAME = 2;
    static final int DROPPED_ATTRIBUTES = 3;
    static final int OTHER = 4;

    private Event() {}
  }

  /** Fields of a link. */
  static final class Link {
    static final int TRACE_HIGH = 1;
    static final int TRACE_LOW = 2;
    static final int SPAN_ID = 3;
    static final int TRACE_STATE = 4;
    static final int DROPPED_ATTRIBUTES = 5;
    static final int FLAGS = 6;
    static final int OTHER = 7;

    private Link() {}
  }

  /** Fields of what trace-major blocks know of parents beside {@link Span#PARENT}. */
  static final class Parent {
    /** Ids that follow from no row, span by span. */
    static final int ID = 1;

    private Parent() {}
  }
}
