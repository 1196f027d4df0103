package dev.sextant.storage.otlp;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decodes the messages that traces and logs share, as {@code
 * opentelemetry/proto/common/v1/common.proto} and {@code resource/v1/resource.proto} define them.
 * Unknown fields are passed over.
 */
public final class OtlpDecoder {
  private OtlpDecoder() {}

  /** The {@code KeyValue} that the reader stands on. */
  public static Attributes.Entry keyValue(ProtoReader reader) {
    String key = "";
    AttributeValue value = new AttributeValue.Empty();
    int outer = reader.enter();
    while (reader.next()) {
      switch (reader.field()) {
        case 1 -> key = reader.string();
        case 2 -> value = value(reader);
        default -> reader.skip();
      }
    }
    reader.leave(outer);
    return new Attributes.Entry(key, value);
  }

  /** The {@code AnyValue} that the reader stands on. */
  public static AttributeValue value(ProtoReader reader) {
    AttributeValue value = new AttributeValue.Empty();
    int outer = reader.enter();
    while (reader.next()) {
      switch (reader.field()) {
        case 1 -> value = new AttributeValue.Text(reader.string());
        case 2 -> value = new AttributeValue.Bool(reader.varint() != 0);
        case 3 -> value = new AttributeValue.Int(reader.varint());
        case 4 -> value = new AttributeValue.Decimal(reader.fixedDouble());
        case 5 -> value = array(reader);
        case 6 -> value = new AttributeValue.KeyValues(keyValues(reader));
        case 7 -> value = bytes(reader);
        default -> reader.skip();
      }
    }
    reader.leave(outer);
    return value;
  }

  private static AttributeValue array(ProtoReader reader) {
    List<AttributeValue> values = new ArrayList<>();
    int outer = reader.enter();
    while (reader.next()) {
      if (reader.field() == 1) {
        values.add(value(reader));
      } else {
        reader.skip();
      }
    }
    reader.leave(outer);
    return new AttributeValue.Array(values);
  }

  private static Attributes keyValues(ProtoReader reader) {
    List<Attributes.Entry> entries = new ArrayList<>();
    int outer = reader.enter();
    while (reader.next()) {
      if (reader.field() == 1) {
        entries.add(keyValue(reader));
      } else {
        reader.skip();
      }
    }
    reader.leave(outer);
    return new Attributes(entries);
  }

  private static AttributeValue bytes(ProtoReader reader) {
    reader.delimited();
    int length = reader.to() - reader.from();
    byte[] copy = new byte[length];
    System.arraycopy(reader.bytes(), reader.from(), copy, 0, length);
    return new AttributeValue.Bytes(ByteBuffer.wrap(copy).asReadOnlyBuffer());
  }

  /** A whole {@code Resource} message; the schema URL stands outside of it. */
  public static Resource resource(Slice message, String schemaUrl, int maxDepth) {
    List<Attributes.Entry> entries = new ArrayList<>();
    int dropped = 0;
    ProtoReader reader = new ProtoReader(message, maxDepth);
    while (reader.next()) {
      switch (reader.field()) {
        case 1 -> entries.add(keyValue(reader));
        case 2 -> dropped = reader.varint32();
        default -> reader.skip();
      }
    }
    return new Resource(new Attributes(entries), dropped, schemaUrl);
  }

  /** A whole {@code InstrumentationScope} message; the schema URL stands outside of it. */
  public static Scope scope(Slice message, String schemaUrl, int maxDepth) {
    String name = "";
    String version = "";
    List<Attributes.Entry> entries = new ArrayList<>();
    int dropped = 0;
    ProtoReader reader = new ProtoReader(message, maxDepth);
    while (reader.next()) {
      switch (reader.field()) {
        case 1 -> name = reader.string();
        case 2 -> version = reader.string();
        case 3 -> entries.add(keyValue(reader));
        case 4 -> dropped = reader.varint32();
        default -> reader.skip();
      }
    }
    return new Scope(name, version, new Attributes(entries), dropped, schemaUrl);
  }

  /**
   * The value of one key among the key-values that a message holds in one of its fields, or null;
   * nothing else is decoded.
   *
   * @param reader before the message's first field
   * @param keyValues number of the repeated {@code KeyValue} field
   */
  public static @Nullable AttributeValue find(ProtoReader reader, int keyValues, byte[] key) {
    while (reader.next()) {
      if (reader.field() != keyValues) {
        reader.skip();
        continue;
      }
      int outer = reader.enter();
      boolean found = key.length == 0;
      while (reader.next()) {
        if (reader.field() == 1) {
          reader.delimited();
          found = Arrays.equals(reader.bytes(), reader.from(), reader.to(), key, 0, key.length);
        } else if (reader.field() == 2 && found) {
          return value(reader);
        } else {
          reader.skip();
        }
      }
      reader.leave(outer);
      if (found) {
        return new AttributeValue.Empty();
      }
    }
    return null;
  }
}
