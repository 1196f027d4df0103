package dev.sextant.traceql;

import dev.sextant.trace.model.MemorySpanSource;
import dev.sextant.trace.model.PlainSpan;
import dev.sextant.trace.model.SpanBatch;
import dev.sextant.trace.model.SpanCondition;
import dev.sextant.trace.model.SpanField;
import dev.sextant.trace.model.SpanRequest;
import dev.sextant.trace.model.SpanSource;
import dev.sextant.trace.model.SpanValue;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Sources of spans read one after the other, so that a test says what comes in one batch.
 *
 * @param counted method of batches whose calls are counted
 */
record SourceParts(List<SpanSource> parts, String counted, AtomicInteger calls)
    implements SpanSource {
  /** A batch for each list. */
  @SafeVarargs
  static SourceParts of(List<PlainSpan>... batches) {
    List<SpanSource> parts = new ArrayList<>();
    Arrays.stream(batches).map(MemorySpanSource::new).forEach(parts::add);
    return new SourceParts(parts, "", new AtomicInteger());
  }

  /** One that counts calls of a method of batches. */
  static SourceParts counting(SpanSource source, String method) {
    return new SourceParts(List.of(source), method, new AtomicInteger());
  }

  private SpanBatch counting(SpanBatch batch) {
    return (SpanBatch)
        Proxy.newProxyInstance(
            SpanBatch.class.getClassLoader(),
            new Class<?>[] {SpanBatch.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals(counted)) {
                calls.incrementAndGet();
              }
              return method.invoke(batch, arguments);
            });
  }

  @Override
  public Inspected read(SpanRequest request, Sink sink) {
    long spans = 0;
    for (SpanSource part : parts) {
      spans += part.read(request, batch -> sink.accept(counting(batch))).spans();
    }
    return new Inspected(spans, 0, parts.size(), parts.size(), true);
  }

  @Override
  public List<SpanField.Attribute> attributes(
      long fromNanos, long toNanos, Set<SpanField.Scope> scopes, int limit, Runnable checkpoint) {
    return parts.stream()
        .flatMap(part -> part.attributes(fromNanos, toNanos, scopes, limit, checkpoint).stream())
        .distinct()
        .limit(limit)
        .toList();
  }

  @Override
  public List<SpanValue> values(
      SpanField field,
      long fromNanos,
      long toNanos,
      SpanCondition condition,
      int limit,
      Runnable checkpoint) {
    throw new UnsupportedOperationException("no test asks for values");
  }
}
