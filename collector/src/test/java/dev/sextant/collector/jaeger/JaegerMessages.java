package dev.sextant.collector.jaeger;

import dev.sextant.collector.fixture.OtlpFixture;
import dev.sextant.storage.otlp.ProtoWriter;
import dev.sextant.storage.otlp.Slice;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.thrift.TException;
import org.apache.thrift.protocol.TBinaryProtocol;
import org.apache.thrift.protocol.TCompactProtocol;
import org.apache.thrift.protocol.TField;
import org.apache.thrift.protocol.TList;
import org.apache.thrift.protocol.TMessage;
import org.apache.thrift.protocol.TProtocol;
import org.apache.thrift.protocol.TStruct;
import org.apache.thrift.protocol.TType;
import org.apache.thrift.transport.TMemoryBuffer;

/** One batch in every format: a span with everything that Jaeger knows, and a bare one. */
public final class JaegerMessages {
  static final long START_MICROS = OtlpFixture.NOW.toEpochMilli() * 1000;
  static final byte[] BLOB = {0, 0, 48, 57};

  private JaegerMessages() {}

  public static byte[] protobuf() {
    ProtoWriter out = new ProtoWriter();
    int batch = out.begin(1);
    int span = out.begin(1);
    out.id(1, 1, 2);
    out.id(2, 3);
    out.text(3, "GET /cart");
    reference(out, 1, 2, 4, 0);
    reference(out, 1, 2, 5, 1);
    reference(out, 0, 9, 8, 0);
    out.varint(5, 3);
    time(out, 6, START_MICROS);
    time(out, 7, 1_500);
    tag(out, 8, "span.kind", 0, "server");
    tag(out, 8, "error", 1, true);
    tag(out, 8, "http.status_code", 2, 503L);
    tag(out, 8, "ratio", 3, 72.5);
    tag(out, 8, "blob", 4, BLOB);
    tag(out, 8, "otel.status_description", 0, "no stock");
    tag(out, 8, "otel.library.name", 0, "tomcat");
    tag(out, 8, "otel.library.version", 0, "11");
    tag(out, 8, "w3c.tracestate", 0, "a=b");
    int log = out.begin(9);
    time(out, 1, START_MICROS + 100);
    tag(out, 2, "event", 0, "cache miss");
    tag(out, 2, "tries", 2, 2L);
    out.end(log);
    log = out.begin(9);
    time(out, 1, START_MICROS + 200);
    tag(out, 2, "event", 0, "error");
    tag(out, 2, "error.kind", 0, "java.io.IOException");
    tag(out, 2, "message", 0, "closed");
    out.end(log);
    out.end(span);
    span = out.begin(1);
    out.id(1, 1, 2);
    out.id(2, 4);
    out.text(3, "root");
    time(out, 6, START_MICROS);
    out.end(span);
    int process = out.begin(2);
    out.text(1, "cart");
    tag(out, 2, "hostname", 0, "box-1");
    tag(out, 2, "ip", 0, "10.0.0.1");
    tag(out, 2, "jaeger.version", 0, "Java-1.8.1");
    out.end(process);
    out.end(batch);
    return out.toByteArray();
  }

  static void reference(ProtoWriter out, long high, long low, long span, int type) {
    int reference = out.begin(4);
    out.id(1, high, low);
    out.id(2, span);
    out.varint(3, type);
    out.end(reference);
  }

  static void time(ProtoWriter out, int field, long micros) {
    int time = out.begin(field);
    out.varint(1, micros / 1_000_000);
    out.varint(2, micros % 1_000_000 * 1000);
    out.end(time);
  }

  static void tag(ProtoWriter out, int field, String key, int type, Object value) {
    int tag = out.begin(field);
    out.text(1, key);
    out.varint(2, type);
    switch (value) {
      case String text -> out.text(3, text);
      case Boolean bool -> out.varint(4, bool ? 1 : 0);
      case Long number -> out.varint(5, number);
      case Double decimal -> out.fixed64(6, Double.doubleToRawLongBits(decimal));
      default -> out.delimited(7, Slice.of((byte[]) value));
    }
    out.end(tag);
  }

  /** As it is posted over HTTP. */
  public static byte[] thrift() {
    return write(false, JaegerMessages::batch);
  }

  /** As it comes in a datagram. */
  static byte[] datagram(boolean compact) {
    return datagram(compact, JaegerMessages::batch);
  }

  /** A datagram with another batch. */
  static byte[] datagram(boolean compact, Writing batch) {
    return write(
        compact,
        out -> {
          out.writeMessageBegin(new TMessage("emitBatch", (byte) 4, 0));
          out.writeStructBegin(new TStruct("emitBatch_args"));
          out.writeFieldBegin(new TField("batch", TType.STRUCT, (short) 1));
          batch.to(out);
          out.writeFieldEnd();
          out.writeFieldStop();
          out.writeStructEnd();
          out.writeMessageEnd();
        });
  }

  interface Writing {
    void to(TProtocol out) throws TException;
  }

  static byte[] write(boolean compact, Writing writing) {
    try {
      TMemoryBuffer memory = new TMemoryBuffer(64);
      writing.to(compact ? new TCompactProtocol(memory) : new TBinaryProtocol(memory, true, true));
      return Arrays.copyOf(memory.getArray(), memory.length());
    } catch (TException e) {
      throw new AssertionError(e);
    }
  }

  private static void batch(TProtocol out) throws TException {
    out.writeStructBegin(new TStruct("Batch"));
    // Behind the spans, where it seldom stands and may.
    out.writeFieldBegin(new TField("spans", TType.LIST, (short) 2));
    out.writeListBegin(new TList(TType.STRUCT, 2));
    full(out);
    bare(out);
    out.writeListEnd();
    out.writeFieldEnd();
    out.writeFieldBegin(new TField("process", TType.STRUCT, (short) 1));
    out.writeStructBegin(new TStruct("Process"));
    text(out, 1, "cart");
    out.writeFieldBegin(new TField("tags", TType.LIST, (short) 2));
    out.writeListBegin(new TList(TType.STRUCT, 3));
    tag(out, "hostname", "box-1");
    tag(out, "ip", "10.0.0.1");
    tag(out, "jaeger.version", "Java-1.8.1");
    end(out);
    out.writeFieldEnd();
    out.writeFieldStop();
    out.writeStructEnd();
  }

  private static void full(TProtocol out) throws TException {
    out.writeStructBegin(new TStruct("Span"));
    i64(out, 1, 2);
    i64(out, 2, 1);
    i64(out, 3, 3);
    i64(out, 4, 4);
    text(out, 5, "GET /cart");
    out.writeFieldBegin(new TField("references", TType.LIST, (short) 6));
    out.writeListBegin(new TList(TType.STRUCT, 2));
    reference(out, 1, 1, 2, 5);
    reference(out, 0, 0, 9, 8);
    out.writeListEnd();
    out.writeFieldEnd();
    i32(out, 7, 3);
    i64(out, 8, START_MICROS);
    i64(out, 9, 1_500);
    out.writeFieldBegin(new TField("tags", TType.LIST, (short) 10));
    out.writeListBegin(new TList(TType.STRUCT, 9));
    tag(out, "span.kind", "server");
    tag(out, "error", true);
    tag(out, "http.status_code", 503L);
    tag(out, "ratio", 72.5);
    tag(out, "blob", BLOB);
    tag(out, "otel.status_description", "no stock");
    tag(out, "otel.library.name", "tomcat");
    tag(out, "otel.library.version", "11");
    tag(out, "w3c.tracestate", "a=b");
    out.writeListEnd();
    out.writeFieldEnd();
    out.writeFieldBegin(new TField("logs", TType.LIST, (short) 11));
    out.writeListBegin(new TList(TType.STRUCT, 2));
    log(out, 100, "event", "cache miss", "tries", 2L);
    log(out, 200, "event", "error", "error.kind", "java.io.IOException", "message", "closed");
    end(out);
  }

  /** A batch of bare spans with these ids, all of one trace. */
  static void bareSpans(TProtocol out, long... ids) throws TException {
    out.writeStructBegin(new TStruct("Batch"));
    out.writeFieldBegin(new TField("process", TType.STRUCT, (short) 1));
    out.writeStructBegin(new TStruct("Process"));
    text(out, 1, "cart");
    out.writeFieldStop();
    out.writeStructEnd();
    out.writeFieldEnd();
    out.writeFieldBegin(new TField("spans", TType.LIST, (short) 2));
    out.writeListBegin(new TList(TType.STRUCT, ids.length));
    for (long id : ids) {
      out.writeStructBegin(new TStruct("Span"));
      i64(out, 1, 2);
      i64(out, 3, id);
      text(out, 5, "root");
      i64(out, 8, START_MICROS);
      out.writeFieldStop();
      out.writeStructEnd();
    }
    out.writeListEnd();
    out.writeFieldEnd();
    out.writeFieldStop();
    out.writeStructEnd();
  }

  private static void bare(TProtocol out) throws TException {
    out.writeStructBegin(new TStruct("Span"));
    i64(out, 1, 2);
    i64(out, 2, 1);
    i64(out, 3, 4);
    i64(out, 4, 0);
    text(out, 5, "root");
    i32(out, 7, 0);
    i64(out, 8, START_MICROS);
    i64(out, 9, 0);
    out.writeFieldStop();
    out.writeStructEnd();
  }

  private static void log(TProtocol out, long micros, Object... pairs) throws TException {
    out.writeStructBegin(new TStruct("Log"));
    i64(out, 1, START_MICROS + micros);
    out.writeFieldBegin(new TField("fields", TType.LIST, (short) 2));
    out.writeListBegin(new TList(TType.STRUCT, pairs.length / 2));
    for (int i = 0; i < pairs.length; i += 2) {
      tag(out, (String) pairs[i], pairs[i + 1]);
    }
    end(out);
  }

  private static void reference(TProtocol out, int type, long high, long low, long span)
      throws TException {
    out.writeStructBegin(new TStruct("SpanRef"));
    i32(out, 1, type);
    i64(out, 2, low);
    i64(out, 3, high);
    i64(out, 4, span);
    out.writeFieldStop();
    out.writeStructEnd();
  }

  private static void tag(TProtocol out, String key, Object value) throws TException {
    out.writeStructBegin(new TStruct("Tag"));
    text(out, 1, key);
    switch (value) {
      case String text -> {
        i32(out, 2, 0);
        text(out, 3, text);
      }
      case Double decimal -> {
        i32(out, 2, 1);
        out.writeFieldBegin(new TField("vDouble", TType.DOUBLE, (short) 4));
        out.writeDouble(decimal);
        out.writeFieldEnd();
      }
      case Boolean bool -> {
        i32(out, 2, 2);
        out.writeFieldBegin(new TField("vBool", TType.BOOL, (short) 5));
        out.writeBool(bool);
        out.writeFieldEnd();
      }
      case Long number -> {
        i32(out, 2, 3);
        i64(out, 6, number);
      }
      default -> {
        i32(out, 2, 4);
        out.writeFieldBegin(new TField("vBinary", TType.STRING, (short) 7));
        out.writeBinary(ByteBuffer.wrap((byte[]) value));
        out.writeFieldEnd();
      }
    }
    out.writeFieldStop();
    out.writeStructEnd();
  }

  private static void text(TProtocol out, int field, String text) throws TException {
    out.writeFieldBegin(new TField("", TType.STRING, (short) field));
    out.writeBinary(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
    out.writeFieldEnd();
  }

  private static void i32(TProtocol out, int field, int number) throws TException {
    out.writeFieldBegin(new TField("", TType.I32, (short) field));
    out.writeI32(number);
    out.writeFieldEnd();
  }

  private static void i64(TProtocol out, int field, long number) throws TException {
    out.writeFieldBegin(new TField("", TType.I64, (short) field));
    out.writeI64(number);
    out.writeFieldEnd();
  }

  /** Ends a list that is the last field of its struct. */
  private static void end(TProtocol out) throws TException {
    out.writeListEnd();
    out.writeFieldEnd();
    out.writeFieldStop();
    out.writeStructEnd();
  }
}
