package dev.sextant.collector.doors;

import dev.sextant.collector.fixture.OtlpFixture;
import dev.sextant.collector.jaeger.JaegerMessages;
import dev.sextant.storage.otlp.ProtoWriter;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.apache.skywalking.apm.network.language.agent.v3.SegmentCollection;
import org.apache.skywalking.apm.network.language.agent.v3.SegmentObject;
import org.apache.skywalking.apm.network.language.agent.v3.SpanObject;
import zipkin2.Span;
import zipkin2.codec.SpanBytesEncoder;

/** A format of spans and the path that takes it. */
enum Door {
  ZIPKIN_JSON("/zipkin/api/v2/spans", "application/json"),
  ZIPKIN_PROTOBUF("/zipkin/api/v2/spans", "application/x-protobuf"),
  ZIPKIN_JSON_V1("/zipkin/api/v1/spans", "application/json"),
  ZIPKIN_THRIFT("/zipkin/api/v1/spans", "application/x-thrift"),
  JAEGER_THRIFT("/jaeger/api/traces", "application/x-thrift"),
  JAEGER_GRPC("/jaeger.api_v2.CollectorService/PostSpans", "application/grpc"),
  SKYWALKING_STREAM("/skywalking.v3.TraceSegmentReportService/collect", "application/grpc"),
  SKYWALKING_UNARY("/skywalking.v3.TraceSegmentReportService/collectInSync", "application/grpc");

  /** Of a span in every good message. */
  static final String NAME = "root";

  private static final int LEVELS = 100_000;
  private static final long MILLIS = OtlpFixture.NOW.toEpochMilli();

  final String path;
  final String type;

  Door(String path, String type) {
    this.path = path;
    this.type = type;
  }

  boolean isGrpc() {
    return type.equals("application/grpc");
  }

  /** A body of one message. */
  byte[] body(byte[] message) {
    return isGrpc() ? frame(false, message) : message;
  }

  /** As gRPC puts one before a message. */
  static byte[] frame(boolean compressed, byte[] message) {
    return ByteBuffer.allocate(5 + message.length)
        .put((byte) (compressed ? 1 : 0))
        .putInt(message.length)
        .put(message)
        .array();
  }

  byte[] good() {
    return switch (this) {
      case ZIPKIN_JSON -> SpanBytesEncoder.JSON_V2.encodeList(List.of(zipkin()));
      case ZIPKIN_PROTOBUF -> SpanBytesEncoder.PROTO3.encodeList(List.of(zipkin()));
      case ZIPKIN_JSON_V1 -> SpanBytesEncoder.JSON_V1.encodeList(List.of(zipkin()));
      case ZIPKIN_THRIFT -> SpanBytesEncoder.THRIFT.encodeList(List.of(zipkin()));
      case JAEGER_THRIFT -> JaegerMessages.thrift();
      case JAEGER_GRPC -> JaegerMessages.protobuf();
      case SKYWALKING_STREAM -> segment(MILLIS).toByteArray();
      case SKYWALKING_UNARY -> collection(segment(MILLIS));
    };
  }

  /** One whose spans have nothing that spans are told apart by. */
  byte[] zeroIds() {
    return switch (this) {
      case ZIPKIN_JSON, ZIPKIN_JSON_V1 ->
          "[{\"traceId\":\"0000000000000000\",\"id\":\"0000000000000000\",\"name\":\"x\"}]"
              .getBytes(StandardCharsets.UTF_8);
      case ZIPKIN_PROTOBUF -> {
        ProtoWriter out = new ProtoWriter();
        int span = out.begin(1);
        out.id(1, 0, 0);
        out.id(3, 0);
        out.end(span);
        yield out.toByteArray();
      }
      case ZIPKIN_THRIFT -> new byte[] {12, 0, 0, 0, 1, 10, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0};
      case JAEGER_THRIFT -> withoutIds();
      case JAEGER_GRPC -> {
        ProtoWriter out = new ProtoWriter();
        int batch = out.begin(1);
        int span = out.begin(1);
        out.id(1, 0, 0);
        out.id(2, 0);
        out.end(span);
        out.end(batch);
        yield out.toByteArray();
      }
      case SKYWALKING_STREAM -> segment(MILLIS).toBuilder().setTraceId("").build().toByteArray();
      case SKYWALKING_UNARY -> collection(segment(MILLIS).toBuilder().setTraceId("").build());
    };
  }

  /** A batch of the process "a" and one span without fields. */
  private static byte[] withoutIds() {
    return new byte[] {
      12, 0, 1, 11, 0, 1, 0, 0, 0, 1, 'a', 0, 15, 0, 2, 12, 0, 0, 0, 1, 0, 0,
    };
  }

  /** Few bytes that say that 256 Mi follow. */
  byte[] lie() {
    return switch (this) {
      case ZIPKIN_THRIFT -> new byte[] {12, 0x10, 0, 0, 0};
      case JAEGER_THRIFT -> new byte[] {15, 0, 2, 12, 0x10, 0, 0, 0};
      // JSON has no lengths; a list without an end is the nearest.
      case ZIPKIN_JSON, ZIPKIN_JSON_V1 -> new byte[] {'[', '{', '"', 'i', 'd'};
      default -> new byte[] {10, (byte) 0x80, (byte) 0x80, (byte) 0x80, (byte) 0x80, 1};
    };
  }

  /** Levels in levels, in a field that is known where the format has one that nests. */
  byte[] deep() {
    return switch (this) {
      case ZIPKIN_JSON, ZIPKIN_JSON_V1 ->
          ("[{\"tags\":" + "{\"a\":".repeat(LEVELS)).getBytes(StandardCharsets.UTF_8);
      case ZIPKIN_THRIFT -> structs(new byte[] {12, 0, 0, 0, 1});
      case JAEGER_THRIFT -> structs(new byte[0]);
      default -> {
        byte[] groups = new byte[LEVELS];
        Arrays.fill(groups, (byte) 0x0b);
        yield groups;
      }
    };
  }

  private static byte[] structs(byte[] head) {
    byte[] structs = Arrays.copyOf(head, head.length + 3 * LEVELS);
    for (int i = head.length; i < structs.length; i += 3) {
      structs[i] = 12;
      structs[i + 2] = 99;
    }
    return structs;
  }

  private static Span zipkin() {
    return Span.newBuilder()
        .traceId(0, 1)
        .id(2)
        .name(NAME)
        .timestamp(MILLIS * 1000)
        .duration(5)
        .build();
  }

  private static SegmentObject segment(long startMillis) {
    return SegmentObject.newBuilder()
        .setTraceId("t")
        .setTraceSegmentId("s")
        .setService("shop")
        .setServiceInstance("shop-1")
        .addSpans(
            SpanObject.newBuilder()
                .setParentSpanId(-1)
                .setOperationName(NAME)
                .setStartTime(startMillis)
                .setEndTime(startMillis))
        .build();
  }

  private static byte[] collection(SegmentObject segment) {
    return SegmentCollection.newBuilder().addSegments(segment).build().toByteArray();
  }
}
