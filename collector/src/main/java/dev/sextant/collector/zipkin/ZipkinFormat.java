package dev.sextant.collector.zipkin;

import com.linecorp.armeria.common.MediaType;
import dev.sextant.storage.otlp.Slice;
import org.jspecify.annotations.Nullable;

/** The formats that spans are sent in. */
enum ZipkinFormat {
  JSON_V2,
  PROTO_V2,
  JSON_V1,
  THRIFT_V1;

  /** The format of a content type, JSON where there is none; null where it is not taken. */
  static @Nullable ZipkinFormat of(int version, @Nullable MediaType type) {
    String subtype = type == null ? "json" : type.subtype();
    return switch (subtype) {
      case "json" -> version == 1 ? JSON_V1 : JSON_V2;
      case "x-protobuf", "protobuf" -> version == 2 ? PROTO_V2 : null;
      case "x-thrift" -> version == 1 ? THRIFT_V1 : null;
      default -> null;
    };
  }

  /**
   * Reads a message's spans.
   *
   * @throws UnreadableException where it is not in this format
   */
  void read(Slice body, SpanTaker spans) {
    switch (this) {
      case JSON_V2 -> JsonV2.read(body, spans);
      case PROTO_V2 -> ProtoV2.read(body, spans);
      case JSON_V1 -> JsonV1.read(body, spans);
      case THRIFT_V1 -> ThriftV1.read(body, spans);
    }
  }
}
