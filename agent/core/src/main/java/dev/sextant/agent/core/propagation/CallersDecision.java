package dev.sextant.agent.core.propagation;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.ContextKey;
import io.opentelemetry.sdk.trace.data.LinkData;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import io.opentelemetry.sdk.trace.samplers.SamplingResult;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A caller's word on whether to sample that came without a parent. It decides on the first span of
 * the trace; those below follow that span.
 */
public final class CallersDecision implements Sampler {
  private static final ContextKey<Boolean> KEY = ContextKey.named("sextant-callers-decision");

  private final Sampler otherwise;

  private CallersDecision(Sampler otherwise) {
    this.otherwise = otherwise;
  }

  /** A sampler that obeys callers, and asks another where they said nothing. */
  public static Sampler or(Sampler otherwise) {
    return new CallersDecision(otherwise);
  }

  static Context in(Context context, boolean sampled) {
    return context.with(KEY, sampled);
  }

  @Override
  public SamplingResult shouldSample(
      Context parent,
      String traceId,
      String name,
      SpanKind kind,
      Attributes attributes,
      List<LinkData> links) {
    @Nullable Boolean sampled = parent.get(KEY);
    if (sampled != null && !Span.fromContext(parent).getSpanContext().isValid()) {
      return sampled ? SamplingResult.recordAndSample() : SamplingResult.drop();
    }
    return otherwise.shouldSample(parent, traceId, name, kind, attributes, links);
  }

  @Override
  public String getDescription() {
    return "CallersDecision{" + otherwise.getDescription() + "}";
  }
}
