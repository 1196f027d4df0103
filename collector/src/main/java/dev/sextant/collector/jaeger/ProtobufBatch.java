package dev.sextant.collector.jaeger;

import dev.sextant.storage.otlp.AttributeValue;
import dev.sextant.storage.otlp.ProtoReader;
import dev.sextant.storage.otlp.Slice;
import dev.sextant.storage.otlp.TraceId;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Reads the batch of a {@code jaeger.api_v2.PostSpansRequest}.
 *
 * @see <a href="https://github.com/jaegertracing/jaeger-idl/blob/main/proto/api_v2/model.proto">
 *     model.proto</a>
 */
final class ProtobufBatch {
  private static final int DEPTH = 8;
  private static final long SECOND = 1_000_000_000L;

  private final JaegerSpans spans;

  private ProtobufBatch(JaegerSpans spans) {
    this.spans = spans;
  }

  /**
   * @throws dev.sextant.storage.otlp.MalformedOtlpException where the bytes are no such message
   */
  static void read(Slice request, JaegerSpans spans) {
    ProtobufBatch reader = new ProtobufBatch(spans);
    ProtoReader in = new ProtoReader(request, DEPTH);
    while (in.next()) {
      if (in.field() == 1) {
        reader.batch(in.slice());
      } else {
        in.skip();
      }
    }
  }

  /** The process, which usually comes last, is looked up before the spans. */
  private void batch(Slice batch) {
    JaegerSpan.Process process = JaegerSpan.Process.NONE;
    ProtoReader first = new ProtoReader(batch, DEPTH);
    while (first.next()) {
      if (first.field() == 2) {
        process = process(first);
      } else {
        first.skip();
      }
    }
    if (spans.memory().isTooLarge()) {
      throw first.malformed(first.position(), ThriftBatch.TOO_LARGE_PROCESS);
    }
    spans.memory().keepRead();
    ProtoReader in = new ProtoReader(batch, DEPTH);
    while (in.next()) {
      if (in.field() == 1) {
        spans.add(span(in), process);
      } else {
        in.skip();
      }
    }
  }

  private JaegerSpan.Process process(ProtoReader in) {
    String service = "";
    Map<String, AttributeValue> tags = new LinkedHashMap<>();
    int outer = in.enter();
    while (in.next()) {
      switch (in.field()) {
        case 1 -> service = in.string();
        case 2 -> tag(in, tags);
        default -> in.skip();
      }
    }
    in.leave(outer);
    return new JaegerSpan.Process(service, tags);
  }

  private JaegerSpan span(ProtoReader in) {
    JaegerSpan span = new JaegerSpan();
    int outer = in.enter();
    while (in.next()) {
      switch (in.field()) {
        case 1 -> span.trace = traceId(in);
        case 2 -> span.id = spanId(in);
        case 3 -> span.operation = in.string();
        case 4 -> reference(in, span);
        case 5 -> span.flags = in.varint32();
        case 6 -> span.startNanos = nanos(in);
        case 7 -> span.durationNanos = nanos(in);
        case 8 -> tag(in, span.tags);
        case 9 -> log(in, span);
        case 10 -> {
          span.process = process(in);
          spans.memory().keepRead();
        }
        case 12 -> {
          String warning = in.string();
          if (spans.memory().pair(warning.length())) {
            span.warnings.add(warning);
          }
        }
        default -> in.skip();
      }
    }
    in.leave(outer);
    return span;
  }

  private void reference(ProtoReader in, JaegerSpan span) {
    TraceId trace = TraceId.NONE;
    long id = 0;
    boolean follows = false;
    int outer = in.enter();
    while (in.next()) {
      switch (in.field()) {
        case 1 -> trace = traceId(in);
        case 2 -> id = spanId(in);
        case 3 -> follows = in.varint() == 1;
        default -> in.skip();
      }
    }
    in.leave(outer);
    if (spans.memory().pair(0)) {
      span.references.add(new JaegerSpan.Reference(follows, trace, id));
    }
  }

  private void log(ProtoReader in, JaegerSpan span) {
    long time = 0;
    Map<String, AttributeValue> fields = new LinkedHashMap<>();
    int outer = in.enter();
    while (in.next()) {
      switch (in.field()) {
        case 1 -> time = nanos(in);
        case 2 -> tag(in, fields);
        default -> in.skip();
      }
    }
    in.leave(outer);
    if (spans.memory().pair(0)) {
      span.logs.add(new JaegerSpan.Log(time, fields));
    }
  }

  private void tag(ProtoReader in, Map<String, AttributeValue> tags) {
    String key = "";
    long type = 0;
    String text = "";
    boolean bool = false;
    long number = 0;
    double decimal = 0;
    Slice binary = Slice.EMPTY;
    int outer = in.enter();
    boolean kept = spans.memory().pair(in.end() - in.position());
    while (in.next()) {
      switch (in.field()) {
        case 1 -> key = in.string();
        case 2 -> type = in.varint();
        case 3 -> text = in.string();
        case 4 -> bool = in.varint() != 0;
        case 5 -> number = in.varint();
        case 6 -> decimal = in.fixedDouble();
        case 7 -> binary = in.slice();
        default -> in.skip();
      }
    }
    in.leave(outer);
    AttributeValue value =
        switch ((int) type) {
          case 0 -> AttributeValue.of(text);
          case 1 -> AttributeValue.of(bool);
          case 2 -> AttributeValue.of(number);
          case 3 -> AttributeValue.of(decimal);
          case 4 -> new AttributeValue.Bytes(ByteBuffer.wrap(binary.copy()).asReadOnlyBuffer());
          default -> throw in.malformed(in.position(), "tag '" + key + "' is of type " + type);
        };
    if (kept) {
      tags.put(key, value);
    }
  }

  /** A {@code Timestamp} or a {@code Duration}; what 64 bits of nanoseconds do not hold is cut. */
  private static long nanos(ProtoReader in) {
    long seconds = 0;
    long nanos = 0;
    int outer = in.enter();
    while (in.next()) {
      switch (in.field()) {
        case 1 -> seconds = in.varint();
        case 2 -> nanos = in.varint();
        default -> in.skip();
      }
    }
    in.leave(outer);
    long most = Long.MAX_VALUE / SECOND - 1;
    return Math.clamp(seconds, -most, most) * SECOND + Math.clamp(nanos, -SECOND, SECOND);
  }

  private static TraceId traceId(ProtoReader in) {
    in.delimited();
    int from = in.from();
    return switch (in.to() - from) {
      case 0 -> TraceId.NONE;
      case 8 -> new TraceId(0, in.bigEndian(from));
      case 16 -> new TraceId(in.bigEndian(from), in.bigEndian(from + 8));
      default -> throw in.malformed(from, "a trace id has " + (in.to() - from) + " bytes, not 16");
    };
  }

  private static long spanId(ProtoReader in) {
    in.delimited();
    return switch (in.to() - in.from()) {
      case 0 -> 0;
      case 8 -> in.bigEndian(in.from());
      default ->
          throw in.malformed(in.from(), "a span id has " + (in.to() - in.from()) + " bytes, not 8");
    };
  }
}
