package dev.sextant.api.tempo;

import dev.sextant.storage.otlp.ProtoWriter;
import dev.sextant.trace.Span;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** How large spans are as protobuf, without their resources and scopes. */
public final class SpanBytes {
  private SpanBytes() {}

  /** How many of the first spans have together at most so many bytes. */
  static int fitting(List<Span> spans, long maxBytes) {
    return count(spans, maxBytes).spans;
  }

  /** Bytes of all spans; more than {@code maxBytes}, but not how many, where they exceed it. */
  public static long of(List<Span> spans, long maxBytes) {
    return count(spans, maxBytes).bytes;
  }

  /** The first spans that fit; the bytes are those of one more where that one did not. */
  private record Count(int spans, long bytes) {}

  private static Count count(List<Span> spans, long maxBytes) {
    ProtoWriter writer = new ProtoWriter();
    BytesMessageWriter out = new BytesMessageWriter(writer);
    long bytes = 0;
    int fitting = 0;
    for (Span span : spans) {
      writer.clear();
      try {
        TraceMessage.span(out, span);
      } catch (IOException e) {
        throw new UncheckedIOException("writing to memory failed", e);
      }
      bytes += writer.length();
      if (bytes > maxBytes) {
        break;
      }
      fitting++;
    }
    return new Count(fitting, bytes);
  }
}
