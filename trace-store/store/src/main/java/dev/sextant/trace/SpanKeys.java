package dev.sextant.trace;

import dev.sextant.storage.block.BlockIndex;
import dev.sextant.storage.block.Grouping;
import dev.sextant.storage.block.RowBlock;
import dev.sextant.storage.codec.Hash;
import dev.sextant.storage.otlp.AttributeValue;
import dev.sextant.storage.otlp.Attributes;
import dev.sextant.storage.otlp.OtlpDecoder;
import dev.sextant.storage.otlp.ProtoReader;
import java.util.List;

/**
 * What a block's bloom filter knows of its spans: trace ids, and each text attribute of spans and
 * resources with its value, of a list each of its own. The hashes are stored, so they stay what
 * they are.
 */
final class SpanKeys {
  private static final int ATTRIBUTES = 9;

  private SpanKeys() {}

  static long ofTrace(long high, long low) {
    return Hash.of(high, low);
  }

  static long ofAttribute(String key, String value) {
    return Hash.of(Hash.of(key), Hash.of(value));
  }

  static void index(RowBlock block, BlockIndex index) {
    StoredSpans spans = new StoredSpans(block);
    long[] high = spans.traceHigh();
    long[] low = spans.traceLow();
    for (int i = 0; i < block.rows(); i++) {
      index.key(ofTrace(high[i], low[i]));
      ProtoReader fields = spans.payload(i);
      while (fields.next()) {
        if (fields.field() == ATTRIBUTES) {
          add(OtlpDecoder.keyValue(fields), index);
        } else {
          fields.skip();
        }
      }
    }
    for (var entry : block.dictionary(SpanColumns.RESOURCE)) {
      Attributes attributes = Grouping.resource(entry).attributes();
      attributes.entries().forEach(attribute -> add(attribute, index));
    }
  }

  private static void add(Attributes.Entry attribute, BlockIndex index) {
    switch (attribute.value()) {
      case AttributeValue.Text(String text) -> index.key(ofAttribute(attribute.key(), text));
      case AttributeValue.Array(List<AttributeValue> values) ->
          values.forEach(value -> add(new Attributes.Entry(attribute.key(), value), index));
      default -> {}
    }
  }
}
