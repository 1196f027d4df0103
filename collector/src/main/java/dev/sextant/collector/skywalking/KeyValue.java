package dev.sextant.collector.skywalking;

import dev.sextant.storage.otlp.ProtoReader;

/** SkyWalking's {@code KeyStringValuePair}; its labels and parameters have the same form. */
record KeyValue(String key, String value) {
  /** Reads the pair that is the reader's current field. */
  static KeyValue read(ProtoReader in) {
    String key = "";
    String value = "";
    int outer = in.enter();
    while (in.next()) {
      switch (in.field()) {
        case 1 -> key = in.string();
        case 2 -> value = in.string();
        default -> in.skip();
      }
    }
    in.leave(outer);
    return new KeyValue(key, value);
  }
}
