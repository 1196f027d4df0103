package dev.sextant.collector.skywalking;

import dev.sextant.storage.otlp.AttributeValue;
import dev.sextant.storage.otlp.ProtoReader;
import java.util.Map;

/**
 * A {@code Memory} or a {@code MemoryPool}; all in bytes.
 *
 * @param first of a memory 1 for the heap, of a pool its type
 * @param max below 1 where there is no limit
 */
record MemoryPool(long first, long max, long used, long committed) {
  private static final String[] NAMES = {
    "code_cache",
    "young",
    "old",
    "survivor",
    "permgen",
    "metaspace",
    "z_heap",
    "compressed_class_space",
    "code_heap_non_nmethods",
    "code_heap_profiled_nmethods",
    "code_heap_non_profiled_nmethods"
  };

  /** Reads the message that is the reader's current field. */
  static MemoryPool read(ProtoReader in) {
    long first = 0;
    long max = 0;
    long used = 0;
    long committed = 0;
    int outer = in.enter();
    while (in.next()) {
      switch (in.field()) {
        case 1 -> first = in.varint();
        case 3 -> max = in.varint();
        case 4 -> used = in.varint();
        case 5 -> committed = in.varint();
        default -> in.skip();
      }
    }
    in.leave(outer);
    return new MemoryPool(first, max, used, committed);
  }

  /** Whether a pool, by its type, is part of the heap. */
  boolean isHeapPool() {
    return first == 1 || first == 2 || first == 3 || first == 6;
  }

  /** Attributes of a pool. */
  Map<String, AttributeValue> poolAttributes() {
    String name =
        first >= 0 && first < NAMES.length ? NAMES[(int) first] : "pool_" + Long.toString(first);
    return Map.of(
        "jvm.memory.type", type(isHeapPool()), "jvm.memory.pool.name", AttributeValue.of(name));
  }

  /** Attributes of the heap, or of all that is not heap. */
  Map<String, AttributeValue> totalAttributes() {
    return Map.of("jvm.memory.type", type(first != 0));
  }

  private static AttributeValue type(boolean heap) {
    return AttributeValue.of(heap ? "heap" : "non_heap");
  }
}
