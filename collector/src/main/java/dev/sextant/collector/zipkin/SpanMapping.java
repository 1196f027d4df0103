package dev.sextant.collector.zipkin;

import dev.sextant.collector.convert.ConvertedSpan;
import dev.sextant.collector.convert.ConvertedSpans;
import dev.sextant.collector.convert.SpanOrigin;
import dev.sextant.storage.otlp.AttributeValue;
import dev.sextant.trace.SharedSpans;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes Zipkin's spans as OTLP, as OpenTelemetry maps the two. Tags stay text, but for HTTP's
 * status codes. {@code docs/zipkin.md} has the table.
 *
 * @see <a href="https://opentelemetry.io/docs/specs/otel/trace/sdk_exporters/zipkin/">OpenTelemetry
 *     to Zipkin transformation</a>
 */
final class SpanMapping {
  /** The latest microsecond that nanoseconds of 64 bits can say: in the year 2262. */
  private static final long LATEST = Long.MAX_VALUE / 1000;

  private final ConvertedSpans out;
  private final long nowMicros;

  /**
   * @param nowMicros since the epoch; when a span without any time was
   */
  SpanMapping(ConvertedSpans out, long nowMicros) {
    this.out = out;
    this.nowMicros = nowMicros;
  }

  /** What keeps a span from being written, or null. */
  static @Nullable String problem(ZipkinSpan span) {
    if (span.traceHigh == 0 && span.traceLow == 0) {
      return "it has no trace id";
    }
    if (span.id == 0) {
      return "it has no id";
    }
    if (span.timestamp < 0 || span.timestamp > LATEST) {
      return "its timestamp " + span.timestamp + " µs is not between 1970 and 2262";
    }
    if (span.duration < 0 || span.duration > LATEST - Math.max(span.timestamp, 0)) {
      return "its duration " + span.duration + " µs is below 0 or ends after the year 2262";
    }
    for (ZipkinSpan.Annotation annotation : span.annotations) {
      if (annotation.timestamp() < 0 || annotation.timestamp() > LATEST) {
        return "its annotation's timestamp "
            + annotation.timestamp()
            + " µs is not between 1970 and 2262";
      }
    }
    return null;
  }

  /** Writes a span that has no problem. */
  void write(ZipkinSpan span) {
    Map<String, String> tags = new LinkedHashMap<>(span.tags);
    ConvertedSpan.Kind kind = kind(span.kind, tags);
    Map<String, AttributeValue> resource = resource(span.local.service(), tags);
    ConvertedSpan to =
        out.begin(new SpanOrigin(resource, scope(tags, "name"), scope(tags, "version")));
    long parent = span.parent == span.id ? 0 : span.parent;
    to.ids(span.traceHigh, span.traceLow, span.id, parent).name(span.name).kind(kind);
    String state = tags.remove(ZipkinTags.TRACE_STATE);
    if (state != null) {
      to.traceState(state);
    }
    times(span, to);
    status(tags, to);
    attributes(span, kind, tags).forEach(to::attribute);
    for (ZipkinSpan.Annotation annotation : span.annotations) {
      to.event(annotation.timestamp() * 1000, annotation.value(), Map.of());
    }
    to.end();
  }

  private static ConvertedSpan.Kind kind(ZipkinSpan.Kind kind, Map<String, String> tags) {
    return switch (kind) {
      case CLIENT -> ConvertedSpan.Kind.CLIENT;
      case SERVER -> ConvertedSpan.Kind.SERVER;
      case PRODUCER -> ConvertedSpan.Kind.PRODUCER;
      case CONSUMER -> ConvertedSpan.Kind.CONSUMER;
      case NONE -> kindTag(tags);
    };
  }

  /** OpenTracing's tag, as gateways and older bridges send it. */
  private static ConvertedSpan.Kind kindTag(Map<String, String> tags) {
    String tag = tags.getOrDefault(ZipkinTags.KIND, "");
    for (ConvertedSpan.Kind kind : ConvertedSpan.Kind.values()) {
      if (kind != ConvertedSpan.Kind.UNSPECIFIED
          && kind.name().equals(tag.toUpperCase(Locale.ROOT))) {
        tags.remove(ZipkinTags.KIND);
        return kind;
      }
    }
    return ConvertedSpan.Kind.UNSPECIFIED;
  }

  private static Map<String, AttributeValue> resource(String service, Map<String, String> tags) {
    Map<String, AttributeValue> resource = new LinkedHashMap<>();
    if (!service.isEmpty()) {
      resource.put("service.name", AttributeValue.of(service));
    }
    tags.entrySet()
        .removeIf(
            tag -> {
              boolean moves = ZipkinTags.isOfResource(tag.getKey());
              return moves
                  && resource.putIfAbsent(tag.getKey(), AttributeValue.of(tag.getValue())) == null;
            });
    return resource;
  }

  private static String scope(Map<String, String> tags, String what) {
    String old = tags.remove("otel.library." + what);
    String name = tags.remove("otel.scope." + what);
    return name != null ? name : old != null ? old : "";
  }

  /**
   * A span without a timestamp begins at its first annotation or, without any, now, and says so;
   * one without a duration lasts no time.
   */
  private void times(ZipkinSpan span, ConvertedSpan to) {
    long start = span.timestamp;
    if (start == 0) {
      to.attribute(ZipkinTags.TIMESTAMP_MISSING, AttributeValue.of(true));
      start =
          span.annotations.stream()
              .mapToLong(ZipkinSpan.Annotation::timestamp)
              .min()
              .orElse(nowMicros);
    }
    to.times(start * 1000, Math.min(LATEST, start + span.duration) * 1000);
  }

  /**
   * The tag {@code error} makes a span fail, whatever it says but "false"; OpenTelemetry's
   * exporters say the same in tags of their own. An empty tag stays one, so that it can be told
   * from "true".
   */
  private static void status(Map<String, String> tags, ConvertedSpan to) {
    String code = tags.getOrDefault(ZipkinTags.STATUS, "").replace("STATUS_CODE_", "");
    String error = tags.getOrDefault(ZipkinTags.ERROR, "false");
    boolean failed = !error.equalsIgnoreCase("false");
    switch (code.toUpperCase(Locale.ROOT)) {
      case "ERROR" -> {
        failed = true;
        tags.remove(ZipkinTags.STATUS);
      }
      case "OK" -> {
        if (!failed) {
          to.ok();
          tags.remove(ZipkinTags.STATUS);
        }
      }
      case "UNSET" -> tags.remove(ZipkinTags.STATUS);
      default -> {}
    }
    if (failed) {
      error(tags, to, error);
    }
  }

  private static void error(Map<String, String> tags, ConvertedSpan to, String error) {
    boolean says = !List.of("", "true", "false").contains(error.toLowerCase(Locale.ROOT));
    String described = tags.getOrDefault(ZipkinTags.STATUS_DESCRIPTION, "");
    to.error(says ? error : described);
    if (!says || described.equals(error)) {
      tags.remove(ZipkinTags.STATUS_DESCRIPTION);
    }
    if (!error.isEmpty()) {
      tags.remove(ZipkinTags.ERROR);
    }
  }

  private static Map<String, AttributeValue> attributes(
      ZipkinSpan span, ConvertedSpan.Kind kind, Map<String, String> tags) {
    Map<String, AttributeValue> attributes = new LinkedHashMap<>();
    if (span.shared) {
      attributes.put(SharedSpans.SHARED, AttributeValue.of(true));
    }
    if (span.debug) {
      attributes.put(ZipkinTags.DEBUG, AttributeValue.of(true));
    }
    tags.forEach((key, value) -> attributes.put(key, ZipkinTags.value(key, value)));
    endpoint(attributes, "network.local", span.local);
    ZipkinEndpoint remote = PeerTags.remote(span.remote, kind, tags);
    if (!remote.service().isEmpty()) {
      attributes.put("peer.service", AttributeValue.of(remote.service()));
    }
    endpoint(attributes, "network.peer", remote);
    return attributes;
  }

  private static void endpoint(
      Map<String, AttributeValue> attributes, String prefix, ZipkinEndpoint endpoint) {
    if (!endpoint.address().isEmpty()) {
      attributes.put(prefix + ".address", AttributeValue.of(endpoint.address()));
    }
    if (endpoint.port() != 0) {
      attributes.put(prefix + ".port", AttributeValue.of((long) endpoint.port()));
    }
  }
}
