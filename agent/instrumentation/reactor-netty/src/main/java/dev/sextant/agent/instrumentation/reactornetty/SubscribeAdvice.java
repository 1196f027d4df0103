package dev.sextant.agent.instrumentation.reactornetty;

import dev.sextant.agent.core.context.ReactorKey;
import io.opentelemetry.context.Context;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner;
import org.jspecify.annotations.Nullable;
import reactor.core.CoreSubscriber;

/**
 * {@code MonoHttpConnect.subscribe}: where the subscriber brings no trace context of its own, it
 * gets that of the subscribing thread.
 */
public final class SubscribeAdvice {
  private SubscribeAdvice() {}

  @Advice.OnMethodEnter(suppress = Throwable.class, inline = false)
  @Advice.AssignReturned.ToArguments(
      @Advice.AssignReturned.ToArguments.ToArgument(value = 0, typing = Assigner.Typing.DYNAMIC))
  public static @Nullable Object enter(@Advice.Argument(0) CoreSubscriber<Object> subscriber) {
    Context current = Context.current();
    if (current == Context.root() || subscriber.currentContext().hasKey(ReactorKey.NAME)) {
      return null;
    }
    return new ContextSubscriber(subscriber, current);
  }
}
