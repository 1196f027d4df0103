package dev.sextant.collector.zipkin;

import dev.sextant.collector.receive.Outcome;
import dev.sextant.storage.otlp.MalformedOtlpException;
import dev.sextant.storage.otlp.ProtoReader;
import dev.sextant.storage.otlp.Slice;
import org.jspecify.annotations.Nullable;

/**
 * Version 2 as protobuf: a {@code zipkin.proto3.ListOfSpans}.
 *
 * @see <a href="https://github.com/openzipkin/zipkin-api/blob/master/zipkin.proto">zipkin.proto</a>
 */
final class ProtoV2 {
  /** List, span, and what a span holds. */
  private static final int MAX_DEPTH = 8;

  private static final ZipkinSpan.Kind[] KINDS = ZipkinSpan.Kind.values();

  private final ProtoReader in;
  private final SpanTaker spans;
  private ZipkinSpan span = new ZipkinSpan();
  private @Nullable String problem;

  private ProtoV2(ProtoReader in, SpanTaker spans) {
    this.in = in;
    this.spans = spans;
  }

  static void read(Slice body, SpanTaker spans) {
    try {
      new ProtoV2(new ProtoReader(body, MAX_DEPTH), spans).list();
    } catch (MalformedOtlpException e) {
      throw new UnreadableException(
          new Outcome.Invalid(
              "the body is no list of spans as Zipkin's protobuf: at byte "
                  + e.offset()
                  + ": "
                  + e.reason()));
    }
  }

  private void list() {
    int index = 0;
    while (in.next()) {
      if (in.field() == 1) {
        span("span " + index++);
      } else {
        in.skip();
      }
    }
  }

  private void span(String where) {
    span = new ZipkinSpan();
    problem = null;
    int outer = in.enter();
    while (in.next()) {
      field();
    }
    in.leave(outer);
    spans.ended(
        where, problem == null ? null : where + ": " + problem, () -> spans.take(span, where));
  }

  private void field() {
    switch (in.field()) {
      case 1 -> traceId();
      case 2 -> span.parent = id("parent id");
      case 3 -> span.id = id("id");
      case 4 -> kind(in.varint());
      case 5 -> span.name = in.string();
      case 6 -> span.timestamp = time(in.fixed64(), "timestamp");
      case 7 -> span.duration = time(in.varint(), "duration");
      case 8 -> span.local = endpoint();
      case 9 -> span.remote = endpoint();
      case 10 -> annotation();
      case 11 -> tag();
      case 12 -> span.debug = in.varint() != 0;
      case 13 -> span.shared = in.varint() != 0;
      default -> in.skip();
    }
  }

  private void traceId() {
    in.delimited();
    int length = in.to() - in.from();
    switch (length) {
      case 8 -> span.traceLow = in.bigEndian(in.from());
      case 16 -> {
        span.traceHigh = in.bigEndian(in.from());
        span.traceLow = in.bigEndian(in.from() + 8);
      }
      default -> problem("its trace id has " + length + " bytes instead of 8 or 16");
    }
  }

  private long id(String what) {
    in.delimited();
    int length = in.to() - in.from();
    if (length == 8) {
      return in.bigEndian(in.from());
    }
    if (length != 0) {
      problem("its " + what + " has " + length + " bytes instead of 8");
    }
    return 0;
  }

  private void kind(long number) {
    if (number < 0 || number >= KINDS.length) {
      problem("its kind " + number + " is unknown");
    } else {
      span.kind = KINDS[(int) number];
    }
  }

  private long time(long micros, String what) {
    if (micros < 0) {
      problem("its " + what + " " + Long.toUnsignedString(micros) + " is beyond 2^63");
      return 0;
    }
    return micros;
  }

  private ZipkinEndpoint endpoint() {
    String service = "";
    String ipv4 = "";
    String ipv6 = "";
    int port = 0;
    int outer = in.enter();
    while (in.next()) {
      switch (in.field()) {
        case 1 -> service = in.string();
        case 2 -> ipv4 = address();
        case 3 -> ipv6 = address();
        case 4 -> port = in.varint32();
        default -> in.skip();
      }
    }
    in.leave(outer);
    return ZipkinEndpoint.of(service, ipv4, ipv6, port);
  }

  private String address() {
    Slice bytes = in.slice();
    return bytes.length() > 16 ? "" : ZipkinEndpoint.address(bytes.copy());
  }

  private void annotation() {
    long timestamp = 0;
    String value = "";
    int outer = in.enter();
    while (in.next()) {
      switch (in.field()) {
        case 1 -> timestamp = time(in.fixed64(), "annotation's timestamp");
        case 2 -> value = in.string();
        default -> in.skip();
      }
    }
    in.leave(outer);
    if (timestamp == 0 || value.isEmpty()) {
      problem("an annotation needs a timestamp and a value");
    }
    if (spans.hold(value.length())) {
      span.annotations.add(new ZipkinSpan.Annotation(timestamp, value));
    }
  }

  private void tag() {
    String key = "";
    String value = "";
    int outer = in.enter();
    while (in.next()) {
      switch (in.field()) {
        case 1 -> key = in.string();
        case 2 -> value = in.string();
        default -> in.skip();
      }
    }
    in.leave(outer);
    if (spans.hold(key.length() + value.length())) {
      span.tags.put(key, value);
    }
  }

  private void problem(String what) {
    if (problem == null) {
      problem = what;
    }
  }
}
