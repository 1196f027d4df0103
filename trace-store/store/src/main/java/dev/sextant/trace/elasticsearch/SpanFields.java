package dev.sextant.trace.elasticsearch;

import dev.sextant.trace.model.SpanField.Intrinsic;

/** The fields of documents that hold what every span has. */
final class SpanFields {
  private SpanFields() {}

  /** Empty for what documents do not hold: what a span has from its trace. */
  static String of(Intrinsic field) {
    return switch (field) {
      case NAME -> "name";
      case KIND -> "kind";
      case STATUS -> "status";
      case STATUS_MESSAGE -> "status_message";
      case START -> "start";
      case DURATION -> "duration";
      case TRACE_ID -> "trace_id";
      case SPAN_ID -> "span_id";
      case PARENT_ID -> "parent_id";
      case INSTRUMENTATION_NAME -> "scope_name";
      case INSTRUMENTATION_VERSION -> "scope_version";
      // Every event has a name, if an empty one, and so stands for its time too.
      case EVENT_NAME, EVENT_TIME_SINCE_START -> "event_name";
      case LINK_TRACE_ID -> "link_trace_id";
      case LINK_SPAN_ID -> "link_span_id";
      case ROOT_NAME,
          ROOT_SERVICE,
          TRACE_START,
          TRACE_DURATION,
          CHILD_COUNT,
          NESTED_SET_LEFT,
          NESTED_SET_RIGHT,
          NESTED_SET_PARENT ->
          "";
    };
  }
}
