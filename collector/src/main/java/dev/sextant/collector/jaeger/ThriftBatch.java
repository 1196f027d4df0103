package dev.sextant.collector.jaeger;

import dev.sextant.collector.thrift.ThriftMessage;
import dev.sextant.collector.thrift.ThriftReader;
import dev.sextant.collector.thrift.ThriftType;
import dev.sextant.storage.otlp.AttributeValue;
import dev.sextant.storage.otlp.Slice;
import dev.sextant.storage.otlp.TraceId;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads a {@code jaeger.thrift} {@code Batch}.
 *
 * @see <a href="https://github.com/jaegertracing/jaeger-idl/blob/main/thrift/jaeger.thrift">
 *     jaeger.thrift</a>
 */
final class ThriftBatch {
  static final String TOO_LARGE_PROCESS =
      "the process has tags that take more than " + TagMemory.PER_SPAN + " bytes";

  private static final int DEPTH = 16;

  private final JaegerSpans spans;

  private ThriftBatch(JaegerSpans spans) {
    this.spans = spans;
  }

  /** The batch as it is posted: a struct in the binary protocol. */
  static void read(Slice body, JaegerSpans spans) {
    new ThriftBatch(spans).batch(slice -> ThriftReader.binary(slice, DEPTH), body);
  }

  /**
   * The batch as a datagram carries it: the one argument of {@code Agent.emitBatch}.
   *
   * @param protocol a reader by its protocol
   */
  static void readCall(Slice datagram, Function<Slice, ThriftReader> protocol, JaegerSpans spans) {
    ThriftReader in = protocol.apply(datagram);
    ThriftMessage message = in.message();
    if (!message.name().equals("emitBatch")) {
      throw in.malformed("the method '" + shown(message.name()) + "' is not taken, but emitBatch");
    }
    ThriftBatch reader = new ThriftBatch(spans);
    in.beginStruct();
    while (in.nextField()) {
      if (in.fieldIs(1, ThriftType.STRUCT)) {
        // The process may stand behind the spans: what was read is put together at the end.
        int from = datagram.from() + in.offset();
        in.skipField();
        Slice batch = new Slice(datagram.bytes(), from, datagram.from() + in.offset());
        reader.batch(protocol, batch);
      } else {
        in.skipField();
      }
    }
  }

  private static String shown(String name) {
    return name.length() > 50 ? name.substring(0, 50) + "…" : name;
  }

  /** The process is looked up before the spans, wherever it stands. */
  private void batch(Function<Slice, ThriftReader> protocol, Slice batch) {
    JaegerSpan.@Nullable Process process = null;
    ThriftReader first = protocol.apply(batch);
    first.beginStruct();
    while (first.nextField()) {
      if (first.fieldIs(1, ThriftType.STRUCT)) {
        process = process(first);
      } else {
        first.skipField();
      }
    }
    if (process == null) {
      throw first.malformed("the batch has no process");
    }
    if (!first.atEnd()) {
      throw first.malformed("more bytes follow the batch");
    }
    if (spans.memory().isTooLarge()) {
      throw first.malformed(TOO_LARGE_PROCESS);
    }
    spans.memory().keepRead();
    ThriftReader in = protocol.apply(batch);
    in.beginStruct();
    while (in.nextField()) {
      if (in.fieldIs(2, ThriftType.LIST)) {
        spans(in, process);
      } else {
        in.skipField();
      }
    }
  }

  private void spans(ThriftReader in, JaegerSpan.Process process) {
    int count = in.list();
    structs(in, count);
    for (int i = 0; i < count; i++) {
      spans.add(span(in), process);
    }
  }

  private JaegerSpan.Process process(ThriftReader in) {
    String service = "";
    Map<String, AttributeValue> tags = new LinkedHashMap<>();
    in.beginStruct();
    while (in.nextField()) {
      if (in.fieldIs(1, ThriftType.BINARY)) {
        service = in.string();
      } else if (in.fieldIs(2, ThriftType.LIST)) {
        tags(in, tags);
      } else {
        in.skipField();
      }
    }
    return new JaegerSpan.Process(service, tags);
  }

  private JaegerSpan span(ThriftReader in) {
    JaegerSpan span = new JaegerSpan();
    long low = 0;
    long high = 0;
    in.beginStruct();
    while (in.nextField()) {
      switch (in.fieldType()) {
        case I64 -> {
          long value = in.i64();
          switch (in.field()) {
            case 1 -> low = value;
            case 2 -> high = value;
            case 3 -> span.id = value;
            case 4 -> span.parent = value;
            case 8 -> span.startNanos = TimeUnit.MICROSECONDS.toNanos(value);
            case 9 -> span.durationNanos = TimeUnit.MICROSECONDS.toNanos(value);
            default -> {}
          }
        }
        case BINARY -> operation(in, span);
        case I32 -> flags(in, span);
        case LIST -> list(in, span);
        default -> in.skipField();
      }
    }
    span.trace = new TraceId(high, low);
    return span;
  }

  private static void operation(ThriftReader in, JaegerSpan span) {
    String text = in.string();
    span.operation = in.field() == 5 ? text : span.operation;
  }

  private static void flags(ThriftReader in, JaegerSpan span) {
    int number = in.i32();
    span.flags = in.field() == 7 ? number : span.flags;
  }

  private void list(ThriftReader in, JaegerSpan span) {
    switch (in.field()) {
      case 6 -> references(in, span);
      case 10 -> tags(in, span.tags);
      case 11 -> logs(in, span);
      default -> in.skipField();
    }
  }

  private void references(ThriftReader in, JaegerSpan span) {
    int count = in.list();
    structs(in, count);
    for (int i = 0; i < count; i++) {
      JaegerSpan.Reference reference = reference(in);
      if (spans.memory().pair(0)) {
        span.references.add(reference);
      }
    }
  }

  private static JaegerSpan.Reference reference(ThriftReader in) {
    int type = 0;
    long low = 0;
    long high = 0;
    long span = 0;
    in.beginStruct();
    while (in.nextField()) {
      if (in.fieldIs(1, ThriftType.I32)) {
        type = in.i32();
      } else if (in.fieldIs(2, ThriftType.I64)) {
        low = in.i64();
      } else if (in.fieldIs(3, ThriftType.I64)) {
        high = in.i64();
      } else if (in.fieldIs(4, ThriftType.I64)) {
        span = in.i64();
      } else {
        in.skipField();
      }
    }
    return new JaegerSpan.Reference(type == 1, new TraceId(high, low), span);
  }

  private void logs(ThriftReader in, JaegerSpan span) {
    int count = in.list();
    structs(in, count);
    for (int i = 0; i < count; i++) {
      long micros = 0;
      Map<String, AttributeValue> fields = new LinkedHashMap<>();
      in.beginStruct();
      while (in.nextField()) {
        if (in.fieldIs(1, ThriftType.I64)) {
          micros = in.i64();
        } else if (in.fieldIs(2, ThriftType.LIST)) {
          tags(in, fields);
        } else {
          in.skipField();
        }
      }
      if (spans.memory().pair(0)) {
        span.logs.add(new JaegerSpan.Log(TimeUnit.MICROSECONDS.toNanos(micros), fields));
      }
    }
  }

  private void tags(ThriftReader in, Map<String, AttributeValue> tags) {
    int count = in.list();
    structs(in, count);
    for (int i = 0; i < count; i++) {
      tag(in, tags);
    }
  }

  private void tag(ThriftReader in, Map<String, AttributeValue> tags) {
    int from = in.offset();
    String key = "";
    int type = 0;
    Slice bytes = Slice.EMPTY;
    double decimal = 0;
    boolean bool = false;
    long number = 0;
    in.beginStruct();
    while (in.nextField()) {
      if (in.fieldIs(1, ThriftType.BINARY)) {
        key = in.string();
      } else if (in.fieldIs(2, ThriftType.I32)) {
        type = in.i32();
      } else if (in.fieldIs(3, ThriftType.BINARY) || in.fieldIs(7, ThriftType.BINARY)) {
        bytes = in.binary();
      } else if (in.fieldIs(4, ThriftType.DOUBLE)) {
        decimal = in.decimal();
      } else if (in.fieldIs(5, ThriftType.BOOL)) {
        bool = in.bool();
      } else if (in.fieldIs(6, ThriftType.I64)) {
        number = in.i64();
      } else {
        in.skipField();
      }
    }
    AttributeValue value =
        switch (type) {
          case 0 -> AttributeValue.of(bytes.text());
          case 1 -> AttributeValue.of(decimal);
          case 2 -> AttributeValue.of(bool);
          case 3 -> AttributeValue.of(number);
          case 4 -> new AttributeValue.Bytes(ByteBuffer.wrap(bytes.copy()).asReadOnlyBuffer());
          default -> throw in.malformed("the tag '" + shown(key) + "' is of type " + type);
        };
    if (spans.memory().pair(in.offset() - from)) {
      tags.put(key, value);
    }
  }

  private static void structs(ThriftReader in, int count) {
    if (count > 0 && in.elementType() != ThriftType.STRUCT) {
      throw in.malformed("a list holds " + in.elementType() + " instead of structs");
    }
  }
}
