package dev.sextant.storage.block;

import dev.sextant.storage.codec.ByteSource;
import dev.sextant.storage.codec.ByteWriter;
import dev.sextant.storage.otlp.OtlpDecoder;
import dev.sextant.storage.otlp.OtlpLimits;
import dev.sextant.storage.otlp.Resource;
import dev.sextant.storage.otlp.Scope;
import dev.sextant.storage.otlp.Slice;

/**
 * What stands around OTLP's rows, as an entry of a dictionary: the schema URL's length as a varint,
 * the URL, the {@code Resource} or {@code InstrumentationScope} message.
 */
public final class Grouping {
  private Grouping() {}

  public static Slice encode(Slice message, Slice schemaUrl) {
    ByteWriter out = new ByteWriter(message.length() + schemaUrl.length() + 10);
    out.putSized(schemaUrl);
    out.put(message.bytes(), message.from(), message.to());
    return Slice.of(out.toByteArray());
  }

  public static Resource resource(Slice entry) {
    ByteSource in = new ByteSource(entry);
    String url = in.getSized().text();
    return OtlpDecoder.resource(in.getSlice(in.remaining()), url, OtlpLimits.STORED);
  }

  public static Scope scope(Slice entry) {
    ByteSource in = new ByteSource(entry);
    String url = in.getSized().text();
    return OtlpDecoder.scope(in.getSlice(in.remaining()), url, OtlpLimits.STORED);
  }
}
