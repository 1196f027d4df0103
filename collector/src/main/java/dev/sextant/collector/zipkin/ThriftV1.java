package dev.sextant.collector.zipkin;

import dev.sextant.collector.receive.Outcome;
import dev.sextant.collector.thrift.MalformedThriftException;
import dev.sextant.collector.thrift.ThriftReader;
import dev.sextant.collector.thrift.ThriftType;
import dev.sextant.storage.otlp.Slice;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Version 1 as thrift: a list of {@code Span} in the binary protocol.
 *
 * @see <a
 *     href="https://github.com/openzipkin/zipkin-api/blob/master/thrift/zipkinCore.thrift">zipkinCore.thrift</a>
 */
final class ThriftV1 {
  private static final int MAX_DEPTH = 16;

  private final ThriftReader in;
  private final SpanTaker spans;
  private V1Span span = new V1Span();
  private @Nullable String problem;

  private ThriftV1(ThriftReader in, SpanTaker spans) {
    this.in = in;
    this.spans = spans;
  }

  static void read(Slice body, SpanTaker spans) {
    if (body.length() == 0) {
      return;
    }
    try {
      new ThriftV1(ThriftReader.binary(body, MAX_DEPTH), spans).list();
    } catch (MalformedThriftException e) {
      throw new UnreadableException(
          new Outcome.Invalid(
              "the body is no list of spans as Zipkin's thrift: at byte "
                  + e.offset()
                  + ": "
                  + e.reason()));
    }
  }

  private void list() {
    int count = in.list();
    if (count > 0 && in.elementType() != ThriftType.STRUCT) {
      throw in.malformed("a list of " + in.elementType() + " instead of spans");
    }
    for (int i = 0; i < count; i++) {
      span("span " + i);
    }
    if (!in.atEnd()) {
      throw in.malformed("more bytes follow the list");
    }
  }

  private void span(String where) {
    span = new V1Span();
    problem = null;
    in.beginStruct();
    while (in.nextField()) {
      field();
    }
    spans.ended(
        where,
        problem == null ? null : where + ": " + problem,
        () -> V1Halves.take(span, where, spans));
  }

  private void field() {
    ZipkinSpan common = span.common;
    switch (in.fieldType()) {
      case I64 -> {
        long value = in.i64();
        switch (in.field()) {
          case 1 -> common.traceLow = value;
          case 4 -> common.id = value;
          case 5 -> common.parent = value;
          case 10 -> common.timestamp = value;
          case 11 -> common.duration = value;
          case 12 -> common.traceHigh = value;
          default -> {}
        }
      }
      case BINARY -> {
        String value = in.string();
        common.name = in.field() == 3 ? value : common.name;
      }
      case BOOL -> {
        boolean value = in.bool();
        common.debug = in.field() == 9 ? value : common.debug;
      }
      case LIST -> inner();
      default -> in.skipField();
    }
  }

  private void inner() {
    int field = in.field();
    boolean known = field == 6 || field == 8;
    if (!known) {
      in.skipField();
      return;
    }
    int count = in.list();
    if (count > 0 && in.elementType() != ThriftType.STRUCT) {
      throw in.malformed("field " + field + " is a list of " + in.elementType());
    }
    for (int i = 0; i < count; i++) {
      if (field == 6) {
        annotation();
      } else {
        binaryAnnotation();
      }
    }
  }

  private void annotation() {
    long timestamp = 0;
    String value = "";
    ZipkinEndpoint endpoint = ZipkinEndpoint.NONE;
    in.beginStruct();
    while (in.nextField()) {
      if (in.fieldIs(1, ThriftType.I64)) {
        timestamp = in.i64();
      } else if (in.fieldIs(2, ThriftType.BINARY)) {
        value = in.string();
      } else if (in.fieldIs(3, ThriftType.STRUCT)) {
        endpoint = endpoint();
      } else {
        in.skipField();
      }
    }
    if (timestamp <= 0 || value.isEmpty()) {
      problem = "an annotation needs a timestamp and a value";
    }
    if (spans.hold(value.length() + endpoint.length())) {
      span.annotations.add(new V1Span.Annotation(timestamp, value, endpoint));
    }
  }

  private void binaryAnnotation() {
    String key = "";
    Slice value = Slice.EMPTY;
    int type = ThriftValues.BYTES;
    ZipkinEndpoint endpoint = ZipkinEndpoint.NONE;
    in.beginStruct();
    while (in.nextField()) {
      if (in.fieldIs(1, ThriftType.BINARY)) {
        key = in.string();
      } else if (in.fieldIs(2, ThriftType.BINARY)) {
        value = in.binary();
      } else if (in.fieldIs(3, ThriftType.I32)) {
        type = in.i32();
      } else if (in.fieldIs(4, ThriftType.STRUCT)) {
        endpoint = endpoint();
      } else {
        in.skipField();
      }
    }
    if (key.isEmpty()) {
      problem = "a binary annotation needs a key";
      return;
    }
    String text = ThriftValues.text(type, value);
    if (spans.hold(key.length() + text.length() + endpoint.length())) {
      span.binaryAnnotations.add(
          new V1Span.BinaryAnnotation(key, text, type == ThriftValues.BOOL, endpoint));
    }
  }

  private ZipkinEndpoint endpoint() {
    String service = "";
    String ipv4 = "";
    String ipv6 = "";
    int port = 0;
    in.beginStruct();
    while (in.nextField()) {
      if (in.fieldIs(1, ThriftType.I32)) {
        ipv4 = ZipkinEndpoint.address(ByteBuffer.allocate(4).putInt(in.i32()).array());
      } else if (in.fieldIs(2, ThriftType.I16)) {
        port = in.i16() & 0xffff;
      } else if (in.fieldIs(3, ThriftType.BINARY)) {
        service = in.string();
      } else if (in.fieldIs(4, ThriftType.BINARY)) {
        Slice bytes = in.binary();
        ipv6 = bytes.length() == 16 ? ZipkinEndpoint.address(bytes.copy()) : "";
      } else {
        in.skipField();
      }
    }
    return ZipkinEndpoint.of(service, ipv4, ipv6, port);
  }
}
