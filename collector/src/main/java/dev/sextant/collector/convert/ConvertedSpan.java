package dev.sextant.collector.convert;

import dev.sextant.storage.otlp.AttributeValue;
import dev.sextant.storage.otlp.ProtoWriter;
import dev.sextant.storage.otlp.Slice;
import java.util.Map;

/**
 * The span that is being written: call each method at most once but for attributes, events and
 * links, in any order, then {@link #end()}. Empty texts and zeros are left out, as proto3 does. All
 * times are nanoseconds since 1970. For one thread.
 */
public final class ConvertedSpan {
  /** OTLP's span kinds. */
  public enum Kind {
    UNSPECIFIED,
    INTERNAL,
    SERVER,
    CLIENT,
    PRODUCER,
    CONSUMER
  }

  private final ProtoWriter out = new ProtoWriter();
  private int begun = -1;

  ConvertedSpan() {}

  void begin() {
    if (begun >= 0) {
      throw new IllegalStateException("the span before this one was not ended");
    }
    begun = out.begin(2);
  }

  Slice written() {
    if (begun >= 0) {
      throw new IllegalStateException("the last span was not ended");
    }
    return out.written();
  }

  /**
   * @param parent 0 for a span without a parent
   */
  public ConvertedSpan ids(long traceHigh, long traceLow, long span, long parent) {
    out.id(1, traceHigh, traceLow);
    out.id(2, span);
    if (parent != 0) {
      out.id(4, parent);
    }
    return this;
  }

  public ConvertedSpan traceState(String state) {
    return text(3, state);
  }

  public ConvertedSpan name(String name) {
    return text(5, name);
  }

  public ConvertedSpan kind(Kind kind) {
    if (kind != Kind.UNSPECIFIED) {
      out.varint(6, kind.ordinal());
    }
    return this;
  }

  public ConvertedSpan times(long startNanos, long endNanos) {
    out.fixed64(7, startNanos);
    out.fixed64(8, endNanos);
    return this;
  }

  public ConvertedSpan attribute(String key, AttributeValue value) {
    OtlpValues.attribute(out, 9, key, value);
    return this;
  }

  public ConvertedSpan attribute(String key, String value) {
    return attribute(key, AttributeValue.of(value));
  }

  public ConvertedSpan event(long timeNanos, String name, Map<String, AttributeValue> attributes) {
    int event = out.begin(11);
    out.fixed64(1, timeNanos);
    text(2, name);
    attributes.forEach((key, value) -> OtlpValues.attribute(out, 3, key, value));
    out.end(event);
    return this;
  }

  public ConvertedSpan link(
      long traceHigh, long traceLow, long span, Map<String, AttributeValue> attributes) {
    int link = out.begin(13);
    out.id(1, traceHigh, traceLow);
    out.id(2, span);
    attributes.forEach((key, value) -> OtlpValues.attribute(out, 4, key, value));
    out.end(link);
    return this;
  }

  /** OTLP's status {@code ERROR}. */
  public ConvertedSpan error(String message) {
    int status = out.begin(15);
    text(2, message);
    out.varint(3, 2);
    out.end(status);
    return this;
  }

  /** OTLP's status {@code OK}. */
  public ConvertedSpan ok() {
    int status = out.begin(15);
    out.varint(3, 1);
    out.end(status);
    return this;
  }

  /** W3C's trace flags and OTLP's bits beside them. */
  public ConvertedSpan flags(int flags) {
    if (flags != 0) {
      out.fixed32(16, flags);
    }
    return this;
  }

  public void end() {
    out.end(begun);
    begun = -1;
  }

  private ConvertedSpan text(int field, String value) {
    if (!value.isEmpty()) {
      out.text(field, value);
    }
    return this;
  }
}
