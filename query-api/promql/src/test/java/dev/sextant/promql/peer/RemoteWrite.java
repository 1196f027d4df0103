package dev.sextant.promql.peer;

import dev.sextant.metrics.model.Labels;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Prometheus' remote write 1.0: protobuf by hand, in a snappy block of literals only. */
final class RemoteWrite {
  private final ByteArrayOutputStream request = new ByteArrayOutputStream();

  /** One sample of a series; several of one series may follow each other in order of time. */
  void add(Labels labels, long timeMillis, double value) {
    ByteArrayOutputStream series = new ByteArrayOutputStream();
    for (int i = 0; i < labels.size(); i++) {
      ByteArrayOutputStream label = new ByteArrayOutputStream();
      bytes(label, 1, labels.name(i).getBytes(StandardCharsets.UTF_8));
      bytes(label, 2, labels.value(i).getBytes(StandardCharsets.UTF_8));
      bytes(series, 1, label.toByteArray());
    }
    ByteArrayOutputStream sample = new ByteArrayOutputStream();
    sample.write(1 << 3 | 1);
    sample.writeBytes(
        ByteBuffer.allocate(8)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putLong(Double.doubleToRawLongBits(value))
            .array());
    sample.write(2 << 3);
    varint(sample, timeMillis);
    bytes(series, 2, sample.toByteArray());
    bytes(request, 1, series.toByteArray());
  }

  byte[] body() {
    byte[] plain = request.toByteArray();
    ByteArrayOutputStream block = new ByteArrayOutputStream();
    varint(block, plain.length);
    for (int at = 0; at < plain.length; at += 1 << 16) {
      int length = Math.min(1 << 16, plain.length - at);
      block.write(61 << 2);
      block.write(length - 1);
      block.write((length - 1) >> 8);
      block.write(plain, at, length);
    }
    return block.toByteArray();
  }

  private static void bytes(ByteArrayOutputStream out, int field, byte[] value) {
    out.write(field << 3 | 2);
    varint(out, value.length);
    out.writeBytes(value);
  }

  private static void varint(ByteArrayOutputStream out, long value) {
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      out.write((int) (rest & 0x7f | 0x80));
      rest >>>= 7;
    }
    out.write((int) rest);
  }
}
