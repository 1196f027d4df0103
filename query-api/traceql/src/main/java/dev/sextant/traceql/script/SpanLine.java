package dev.sextant.traceql.script;

import dev.sextant.trace.model.PlainSpan;
import dev.sextant.trace.model.SpanValue;
import dev.sextant.traceql.ast.Static;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A span: {@code NAME #LABEL @SERVICE START+DURATION KEY=VALUE…}, all but the name in any order and
 * left out at will, with the events and links below it. What it says nothing of it takes from its
 * parent: start, service and other resource attributes.
 */
final class SpanLine {
  /** Parent of a root. */
  static final long NONE = -1;

  /** Parent of a span whose parent is not there. */
  static final long MISSING = -2;

  private final String name;
  private String label;
  private long parent;
  private long id;
  private long startNanos;
  private long durationNanos = 10_000_000;
  private int kind;
  private int status;
  private @Nullable String message;
  private @Nullable String scope;
  private @Nullable String version;
  private final Map<String, SpanValue> attributes = new LinkedHashMap<>();
  private final Map<String, SpanValue> resource = new LinkedHashMap<>();
  private final Map<String, SpanValue> scopeAttributes = new LinkedHashMap<>();
  private final List<EventLine> events = new ArrayList<>();
  private final List<LinkLine> links = new ArrayList<>();

  /**
   * @param afterNanos the span's start
   */
  private record EventLine(String name, long afterNanos, Map<String, SpanValue> attributes) {}

  private record LinkLine(String target, Map<String, SpanValue> attributes) {}

  /**
   * @param parent the span above, of which the index is {@code parentIndex}
   */
  SpanLine(LineReader words, @Nullable SpanLine parent, long parentIndex) {
    boolean missing = words.take("?");
    this.parent = missing ? MISSING : parentIndex;
    name = Values.text(words.next("a span's name"));
    label = name;
    if (parent != null) {
      startNanos = parent.startNanos;
      resource.putAll(parent.resource);
    }
    while (words.hasMore()) {
      part(words.next("a part of a span"));
    }
  }

  private void part(String word) {
    if (word.startsWith("#")) {
      label = word.substring(1);
    } else if (word.startsWith("@")) {
      resource.clear();
      if (!word.equals("@")) {
        resource.put("service.name", SpanValue.of(Values.text(word.substring(1))));
      }
    } else if (LineReader.equalsSign(word) > 0) {
      int equals = LineReader.equalsSign(word);
      field(word.substring(0, equals), word.substring(equals + 1));
    } else {
      time(word);
    }
  }

  private void time(String word) {
    String[] times = word.split("\\+", -1);
    if (times.length != 2) {
      throw new IllegalArgumentException(
          "expected #LABEL, @SERVICE, START+DURATION or KEY=VALUE, but found " + word);
    }
    startNanos = Values.nanos(times[0]);
    durationNanos = Values.nanos(times[1]);
  }

  private void field(String key, String value) {
    switch (key) {
      case "id" -> id = HexIds.span(value);
      case "kind" -> kind = kind(value);
      case "status" -> status = status(value);
      case "message" -> message = Values.text(value);
      case "scope" -> {
        List<String> parts = LineReader.split(value, '/');
        scope = Values.text(parts.getFirst());
        version = parts.size() > 1 ? Values.text(parts.get(1)) : null;
      }
      default -> attribute(key, value);
    }
  }

  private void attribute(String key, String value) {
    SpanValue read = Values.attribute(value);
    if (key.startsWith(".")) {
      attributes.put(Values.text(key.substring(1)), read);
    } else if (key.startsWith("resource.")) {
      resource.put(Values.text(key.substring("resource.".length())), read);
    } else if (key.startsWith("instrumentation.")) {
      scopeAttributes.put(Values.text(key.substring("instrumentation.".length())), read);
    } else {
      throw new IllegalArgumentException(
          "expected id, kind, status, message, scope, .KEY, resource.KEY or instrumentation.KEY"
              + " before =, but found "
              + key);
    }
  }

  private static int kind(String word) {
    for (Static.Kind kind : Static.Kind.values()) {
      if (kind.text().equals(word)) {
        return kind.code();
      }
    }
    throw new IllegalArgumentException("no kind: " + word);
  }

  private static int status(String word) {
    for (Static.Status status : Static.Status.values()) {
      if (status.text().equals(word)) {
        return status.code();
      }
    }
    throw new IllegalArgumentException("no status: " + word);
  }

  /** An event or a link. */
  void detail(LineReader words) {
    if (words.take("link")) {
      String target = words.next("the linked span");
      links.add(new LinkLine(target, attributes(words)));
      return;
    }
    words.next("event");
    String event = Values.text(words.next("an event's name"));
    boolean timed = words.hasMore() && LineReader.equalsSign(words.peek()) < 0;
    long after = timed ? Values.nanos(words.next("a time")) : 0;
    events.add(new EventLine(event, after, attributes(words)));
  }

  String label() {
    return label;
  }

  /** Index of its parent in the trace, {@link #NONE} or {@link #MISSING}. */
  long parent() {
    return parent;
  }

  /** 0 where it gets a number. */
  long id() {
    return id;
  }

  /**
   * Everything but ids.
   *
   * @param zeroNanos when the trace's time is 0, since the epoch
   */
  void into(PlainSpan.Builder builder, long zeroNanos, Traces traces) {
    builder
        .name(name)
        .kind(kind)
        .status(status, message)
        .time(zeroNanos + startNanos, durationNanos)
        .scope(scope, version);
    attributes.forEach(builder::attribute);
    resource.forEach(builder::resource);
    scopeAttributes.forEach(builder::scopeAttribute);
    for (EventLine event : events) {
      long at = zeroNanos + startNanos + event.afterNanos();
      builder.event(new PlainSpan.Event(event.name(), at, event.attributes()));
    }
    for (LinkLine link : links) {
      builder.link(traces.link(link.target(), link.attributes()));
    }
  }

  private static Map<String, SpanValue> attributes(LineReader words) {
    Map<String, SpanValue> attributes = new LinkedHashMap<>();
    while (words.hasMore()) {
      String word = words.next("an attribute");
      int equals = LineReader.equalsSign(word);
      if (!word.startsWith(".") || equals < 0) {
        throw new IllegalArgumentException("expected .KEY=VALUE, but found " + word);
      }
      attributes.put(
          Values.text(word.substring(1, equals)), Values.attribute(word.substring(equals + 1)));
    }
    return attributes;
  }
}
