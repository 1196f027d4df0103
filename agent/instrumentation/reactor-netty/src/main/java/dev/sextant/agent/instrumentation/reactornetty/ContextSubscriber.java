package dev.sextant.agent.instrumentation.reactornetty;

import dev.sextant.agent.core.context.ReactorKey;
import io.opentelemetry.context.Context;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;

/** The application's subscriber, with the trace context in Reactor's. */
final class ContextSubscriber implements CoreSubscriber<Object> {
  private final CoreSubscriber<Object> subscriber;
  private final reactor.util.context.Context context;

  ContextSubscriber(CoreSubscriber<Object> subscriber, Context traceContext) {
    this.subscriber = subscriber;
    this.context = subscriber.currentContext().put(ReactorKey.NAME, traceContext);
  }

  @Override
  public reactor.util.context.Context currentContext() {
    return context;
  }

  @Override
  public void onSubscribe(Subscription subscription) {
    subscriber.onSubscribe(subscription);
  }

  @Override
  public void onNext(Object value) {
    subscriber.onNext(value);
  }

  @Override
  public void onError(Throwable failure) {
    subscriber.onError(failure);
  }

  @Override
  public void onComplete() {
    subscriber.onComplete();
  }
}
