package dev.sextant.trace.model;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A span as an object, for tests, scripts and examples.
 *
 * @param spanId never 0
 * @param parentId 0 for none
 * @param kind OTLP's, 0 unspecified to 5 consumer
 * @param status OTLP's code, 0 unset, 1 ok, 2 error
 * @param startNanos since the epoch
 * @param durationNanos not below 0
 * @param scopeAttributes those of the instrumentation scope
 */
public record PlainSpan(
    long traceHigh,
    long traceLow,
    long spanId,
    long parentId,
    String name,
    int kind,
    int status,
    @Nullable String statusMessage,
    long startNanos,
    long durationNanos,
    Map<String, SpanValue> attributes,
    Map<String, SpanValue> resource,
    @Nullable String scopeName,
    @Nullable String scopeVersion,
    Map<String, SpanValue> scopeAttributes,
    List<Event> events,
    List<Link> links) {

  public PlainSpan {
    attributes = copy(attributes);
    resource = copy(resource);
    scopeAttributes = copy(scopeAttributes);
    events = List.copyOf(events);
    links = List.copyOf(links);
  }

  private static Map<String, SpanValue> copy(Map<String, SpanValue> attributes) {
    return attributes.isEmpty()
        ? Map.of()
        : Collections.unmodifiableMap(new LinkedHashMap<>(attributes));
  }

  /**
   * Something that happened during a span.
   *
   * @param timeNanos since the epoch
   */
  public record Event(String name, long timeNanos, Map<String, SpanValue> attributes) {
    public Event {
      attributes = copy(attributes);
    }
  }

  /** Another span that a span belongs with. */
  public record Link(
      long traceHigh, long traceLow, long spanId, Map<String, SpanValue> attributes) {
    public Link {
      attributes = copy(attributes);
    }
  }

  /** A root called {@code span} without attributes, of one nanosecond at the epoch. */
  public static Builder builder(long trace, long span) {
    return new Builder(0, trace, span);
  }

  public static Builder builder(long traceHigh, long traceLow, long span) {
    return new Builder(traceHigh, traceLow, span);
  }

  /** Collects a span's parts. For one thread. */
  public static final class Builder {
    private final long traceHigh;
    private final long traceLow;
    private final long spanId;
    private long parentId;
    private String name = "span";
    private int kind;
    private int status;
    private @Nullable String statusMessage;
    private long startNanos;
    private long durationNanos = 1;
    private final Map<String, SpanValue> attributes = new LinkedHashMap<>();
    private final Map<String, SpanValue> resource = new LinkedHashMap<>();
    private @Nullable String scopeName;
    private @Nullable String scopeVersion;
    private final Map<String, SpanValue> scopeAttributes = new LinkedHashMap<>();
    private final List<Event> events = new ArrayList<>();
    private final List<Link> links = new ArrayList<>();

    private Builder(long traceHigh, long traceLow, long spanId) {
      this.traceHigh = traceHigh;
      this.traceLow = traceLow;
      this.spanId = spanId;
    }

    public Builder parent(long value) {
      parentId = value;
      return this;
    }

    public Builder name(String value) {
      name = value;
      return this;
    }

    public Builder kind(int value) {
      kind = value;
      return this;
    }

    public Builder status(int code, @Nullable String message) {
      status = code;
      statusMessage = message;
      return this;
    }

    public Builder time(long start, long duration) {
      startNanos = start;
      durationNanos = duration;
      return this;
    }

    public Builder attribute(String key, SpanValue value) {
      attributes.put(key, value);
      return this;
    }

    public Builder resource(String key, SpanValue value) {
      resource.put(key, value);
      return this;
    }

    public Builder service(String value) {
      return resource("service.name", SpanValue.of(value));
    }

    public Builder scope(@Nullable String value, @Nullable String version) {
      scopeName = value;
      scopeVersion = version;
      return this;
    }

    public Builder scopeAttribute(String key, SpanValue value) {
      scopeAttributes.put(key, value);
      return this;
    }

    public Builder event(Event value) {
      events.add(value);
      return this;
    }

    public Builder link(Link value) {
      links.add(value);
      return this;
    }

    public PlainSpan build() {
      return new PlainSpan(
          traceHigh,
          traceLow,
          spanId,
          parentId,
          name,
          kind,
          status,
          statusMessage,
          startNanos,
          durationNanos,
          attributes,
          resource,
          scopeName,
          scopeVersion,
          scopeAttributes,
          events,
          links);
    }
  }
}
