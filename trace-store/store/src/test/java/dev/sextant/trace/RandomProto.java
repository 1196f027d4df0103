package dev.sextant.trace;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnknownFieldSet;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import java.util.Random;

/**
 * Requests with any field that OTLP's schema has, some unknown ones, and fields that stand twice,
 * by a seed. Keys are few, values of one key of many types.
 */
final class RandomProto {
  private final Random random;

  RandomProto(long seed) {
    this.random = new Random(seed);
  }

  ExportTraceServiceRequest request() throws InvalidProtocolBufferException {
    ByteString bytes = message(ExportTraceServiceRequest.getDescriptor(), 0).toByteString();
    return ExportTraceServiceRequest.parseFrom(bytes);
  }

  private DynamicMessage message(Descriptor type, int depth) {
    DynamicMessage.Builder message = DynamicMessage.newBuilder(type);
    for (FieldDescriptor field : type.getFields()) {
      if (field.isRepeated()) {
        for (int i = count(field, depth); i > 0; i--) {
          message.addRepeatedField(field, value(field, depth));
        }
      } else if (isAlways(field) || random.nextInt(3) > 0) {
        message.setField(field, value(field, depth));
      }
    }
    if (depth > 0 && random.nextInt(12) == 0) {
      message.setUnknownFields(unknown());
    }
    return message.build();
  }

  private static boolean isAlways(FieldDescriptor field) {
    return switch (field.getFullName()) {
      case "opentelemetry.proto.trace.v1.Span.trace_id",
          "opentelemetry.proto.trace.v1.Span.span_id",
          "opentelemetry.proto.trace.v1.Span.start_time_unix_nano" ->
          true;
      default -> false;
    };
  }

  private int count(FieldDescriptor field, int depth) {
    return switch (field.getName()) {
      case "spans" -> random.nextInt(8);
      case "attributes" -> random.nextInt(7);
      default -> depth > 7 ? 0 : random.nextInt(3);
    };
  }

  private Object value(FieldDescriptor field, int depth) {
    return switch (field.getJavaType()) {
      case INT -> random.nextInt(4) == 0 ? random.nextInt() : random.nextInt(5);
      case LONG -> random.nextInt(4) == 0 ? random.nextLong() : (long) random.nextInt(5);
      case FLOAT -> random.nextFloat();
      case DOUBLE -> random.nextInt(4) == 0 ? random.nextDouble() : random.nextInt(300) / 100.0;
      case BOOLEAN -> random.nextBoolean();
      case STRING -> text(field);
      case BYTE_STRING -> bytes(field);
      case ENUM -> field.getEnumType().findValueByNumberCreatingIfUnknown(random.nextInt(7));
      case MESSAGE -> message(field.getMessageType(), depth > 10 ? 99 : depth + 1);
    };
  }

  private String text(FieldDescriptor field) {
    return switch (field.getName()) {
      case "key" -> random.nextInt(9) == 0 ? "" : "key" + random.nextInt(6);
      case "name" -> random.nextInt(9) == 0 ? "" : "GET /" + random.nextInt(4);
      default ->
          switch (random.nextInt(5)) {
            case 0 -> "";
            case 1 -> "o-" + random.nextInt(1_000_000);
            case 2 -> "%016x".formatted(random.nextLong());
            default -> "wert ä" + random.nextInt(9);
          };
    };
  }

  private ByteString bytes(FieldDescriptor field) {
    int length =
        switch (field.getName()) {
          case "trace_id" -> 16;
          case "span_id", "parent_span_id" -> 8;
          default -> random.nextInt(5);
        };
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    if (length > 5) {
      bytes[0] |= 1;
    }
    return ByteString.copyFrom(bytes);
  }

  private UnknownFieldSet unknown() {
    UnknownFieldSet.Builder fields = UnknownFieldSet.newBuilder();
    for (int i = 1 + random.nextInt(2); i > 0; i--) {
      UnknownFieldSet.Field.Builder field = UnknownFieldSet.Field.newBuilder();
      switch (random.nextInt(4)) {
        case 0 -> field.addVarint(random.nextLong());
        case 1 -> field.addFixed32(random.nextInt());
        case 2 -> field.addFixed64(random.nextLong());
        default -> field.addLengthDelimited(ByteString.copyFromUtf8("later"));
      }
      fields.addField(40 + random.nextInt(100), field.build());
    }
    return fields.build();
  }
}
