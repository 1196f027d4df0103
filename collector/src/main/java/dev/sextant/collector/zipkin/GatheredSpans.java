package dev.sextant.collector.zipkin;

import dev.sextant.collector.convert.ConvertedSpans;
import dev.sextant.collector.http.BodyMemory;
import dev.sextant.collector.receive.Outcome;
import dev.sextant.collector.receive.Rejections;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The good spans of one message as an OTLP request, and why others are not in it. Its memory is
 * counted and bounded: spans of version 1 may come to more than the message they came in.
 */
final class GatheredSpans implements SpanTaker {
  private static final long ORIGIN_BYTES = 1000;

  /** Of a tag beside its texts, until it is written: as it is read, and as it is mapped. */
  private static final long PAIR_BYTES = 320;

  /** Of a tag beside its texts in OTLP, at least. */
  private static final int PAIR_LENGTH = 8;

  private final ConvertedSpans spans = new ConvertedSpans();
  private final Rejections rejections = new Rejections();
  private final SpanMapping mapping;
  private final ZipkinLimits limits;
  private final BodyMemory.Lease memory;
  private long size;

  /** Of the span that is being read: as OTLP, and as objects. */
  private long length;

  private long held;

  GatheredSpans(long nowMicros, ZipkinLimits limits, BodyMemory.Lease memory) {
    this.mapping = new SpanMapping(spans, nowMicros);
    this.limits = limits;
    this.memory = memory;
  }

  @Override
  public boolean hold(long texts) {
    length += PAIR_LENGTH + texts;
    if (length > limits.spanBytes()) {
      return false;
    }
    long bytes = PAIR_BYTES + 2 * texts;
    grow(bytes);
    held += bytes;
    return true;
  }

  @Override
  public void ended(String where, @Nullable String problem, Runnable taking) {
    if (problem != null) {
      reject(problem);
    } else if (length > limits.spanBytes()) {
      reject(where + ": " + tooLong());
    } else {
      taking.run();
    }
    memory.shrink(held);
    held = 0;
    length = 0;
  }

  private String tooLong() {
    return "it is longer than " + limits.spanBytes() + " bytes";
  }

  @Override
  public void take(ZipkinSpan span, String where) {
    String problem = problem(span);
    if (problem != null) {
      reject(where + ": " + problem);
      return;
    }
    count(span.size());
    int origins = spans.origins();
    mapping.write(span);
    count(ORIGIN_BYTES * (spans.origins() - origins));
  }

  private void count(long bytes) {
    size += bytes;
    if (size > limits.messageBytes()) {
      throw new UnreadableException(
          new Outcome.TooLarge(
              "its spans come to more than "
                  + limits.messageBytes()
                  + " bytes as OTLP; send less at once or raise "
                  + limits.setting()));
    }
    grow(bytes);
  }

  private void grow(long bytes) {
    if (!memory.grow(bytes)) {
      throw new UnreadableException(
          new Outcome.Throttled(
              1000, "request bodies in flight fill their memory; raise " + BodyMemory.SETTING));
    }
  }

  private @Nullable String problem(ZipkinSpan span) {
    return span.size() > limits.spanBytes() ? tooLong() : SpanMapping.problem(span);
  }

  @Override
  public void reject(String why) {
    rejections.add(why);
  }

  boolean isEmpty() {
    return spans.size() == 0;
  }

  Rejections rejections() {
    return rejections;
  }

  ByteBuffer request() {
    return spans.request();
  }
}
