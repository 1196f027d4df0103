package dev.sextant.trace.model;

/** Something of a span that can be read as a column. */
public sealed interface SpanField {

  /** An attribute, under the key it was sent with, of one scope. */
  record Attribute(Scope scope, String key) implements SpanField {}

  /** Where an attribute stands. A span has several events and links, and so several values. */
  enum Scope {
    SPAN,
    RESOURCE,
    EVENT,
    LINK,
    INSTRUMENTATION
  }

  /** What every span has, and what its trace gives it. */
  enum Intrinsic implements SpanField {
    /** Text. */
    NAME,
    /** Whole number: OTLP's span kind, 0 unspecified to 5 consumer. */
    KIND,
    /** Whole number: OTLP's status code, 0 unset, 1 ok, 2 error. */
    STATUS,
    /**
     * Text, absent where it was not sent or is empty, which the protocol does not tell apart. A
     * reader that takes what is absent for empty text must not ask its source for spans by a
     * condition that empty text satisfies.
     */
    STATUS_MESSAGE,
    /** Whole number: nanoseconds since the epoch. */
    START,
    /** Whole number: nanoseconds, never below 0. */
    DURATION,
    /** Text: 32 lower-case hexadecimal digits. */
    TRACE_ID,
    /** Text: 16 lower-case hexadecimal digits. */
    SPAN_ID,
    /** Text: 16 lower-case hexadecimal digits, absent for a span without parent. */
    PARENT_ID,
    /** Text: name and, if it was sent, version of the scope (the instrumentation library). */
    INSTRUMENTATION_NAME,
    INSTRUMENTATION_VERSION,
    /** One text for each of the span's events. */
    EVENT_NAME,
    /** One whole number for each event: nanoseconds after the span's start, maybe below 0. */
    EVENT_TIME_SINCE_START,
    /** One text for each of the span's links. */
    LINK_TRACE_ID,
    LINK_SPAN_ID,

    // What follows needs the whole trace; a request by SPANS has it where its source keeps it.

    /** Text: name and service of the trace's root; absent where none has arrived. */
    ROOT_NAME,
    ROOT_SERVICE,
    /** Whole number: nanoseconds since the epoch at which the trace's earliest span starts. */
    TRACE_START,
    /** Whole number: nanoseconds from the earliest start to the latest end. */
    TRACE_DURATION,
    /** Whole number: how many spans name this one as their parent. */
    CHILD_COUNT,
    /** Whole numbers of the nested sets numbering; 0 where the chain of parents is broken. */
    NESTED_SET_LEFT,
    NESTED_SET_RIGHT,
    /** The parent's left number; -1 for a root. */
    NESTED_SET_PARENT
  }

  /** Whether a span has a value of it for each of its events or links, rather than one. */
  default boolean isList() {
    return switch (this) {
      case Attribute(Scope scope, String key) -> scope == Scope.EVENT || scope == Scope.LINK;
      case Intrinsic intrinsic ->
          switch (intrinsic) {
            case EVENT_NAME, EVENT_TIME_SINCE_START, LINK_TRACE_ID, LINK_SPAN_ID -> true;
            default -> false;
          };
    };
  }

  static SpanField span(String key) {
    return new Attribute(Scope.SPAN, key);
  }

  static SpanField resource(String key) {
    return new Attribute(Scope.RESOURCE, key);
  }

  /** The service that a span comes from. */
  SpanField SERVICE = new Attribute(Scope.RESOURCE, "service.name");
}
