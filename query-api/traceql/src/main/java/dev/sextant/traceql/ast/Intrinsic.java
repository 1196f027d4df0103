package dev.sextant.traceql.ast;

import dev.sextant.trace.model.SpanField;
import java.util.List;

/** What every span has, and what its trace, events, links and instrumentation give it. */
public enum Intrinsic implements Reference {
  DURATION("duration", ValueType.DURATION, SpanField.Intrinsic.DURATION),
  NAME("name", ValueType.STRING, SpanField.Intrinsic.NAME),
  STATUS("status", ValueType.STATUS, SpanField.Intrinsic.STATUS),
  STATUS_MESSAGE("statusMessage", ValueType.STRING, SpanField.Intrinsic.STATUS_MESSAGE),
  KIND("kind", ValueType.KIND, SpanField.Intrinsic.KIND),
  ROOT_NAME("rootName", ValueType.STRING, SpanField.Intrinsic.ROOT_NAME),
  ROOT_SERVICE_NAME("rootServiceName", ValueType.STRING, SpanField.Intrinsic.ROOT_SERVICE),
  TRACE_DURATION("traceDuration", ValueType.DURATION, SpanField.Intrinsic.TRACE_DURATION),
  TRACE_ID("trace:id", ValueType.STRING, SpanField.Intrinsic.TRACE_ID),
  SPAN_ID("span:id", ValueType.STRING, SpanField.Intrinsic.SPAN_ID),
  PARENT_ID("span:parentID", ValueType.STRING, SpanField.Intrinsic.PARENT_ID),
  CHILD_COUNT("span:childCount", ValueType.INT, SpanField.Intrinsic.CHILD_COUNT),
  EVENT_NAME("event:name", ValueType.STRING, SpanField.Intrinsic.EVENT_NAME),
  EVENT_TIME_SINCE_START(
      "event:timeSinceStart", ValueType.DURATION, SpanField.Intrinsic.EVENT_TIME_SINCE_START),
  LINK_TRACE_ID("link:traceID", ValueType.STRING, SpanField.Intrinsic.LINK_TRACE_ID),
  LINK_SPAN_ID("link:spanID", ValueType.STRING, SpanField.Intrinsic.LINK_SPAN_ID),
  /** A string, but dynamic to the type checks. */
  INSTRUMENTATION_NAME(
      "instrumentation:name", ValueType.DYNAMIC, SpanField.Intrinsic.INSTRUMENTATION_NAME),
  /** A string, but dynamic to the type checks. */
  INSTRUMENTATION_VERSION(
      "instrumentation:version", ValueType.DYNAMIC, SpanField.Intrinsic.INSTRUMENTATION_VERSION),
  NESTED_SET_LEFT("nestedSetLeft", ValueType.INT, SpanField.Intrinsic.NESTED_SET_LEFT),
  NESTED_SET_RIGHT("nestedSetRight", ValueType.INT, SpanField.Intrinsic.NESTED_SET_RIGHT),
  NESTED_SET_PARENT("nestedSetParent", ValueType.INT, SpanField.Intrinsic.NESTED_SET_PARENT);

  private final String text;
  private final ValueType type;
  private final SpanField.Intrinsic field;

  Intrinsic(String text, ValueType type, SpanField.Intrinsic field) {
    this.text = text;
    this.type = type;
    this.field = field;
  }

  @Override
  public String text() {
    return text;
  }

  @Override
  public ValueType type() {
    return type;
  }

  public SpanField.Intrinsic field() {
    return field;
  }

  @Override
  public List<SpanField> fields() {
    return List.of(field);
  }
}
