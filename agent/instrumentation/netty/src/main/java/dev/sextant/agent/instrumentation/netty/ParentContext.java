package dev.sextant.agent.instrumentation.netty;

import io.netty.channel.Channel;
import io.opentelemetry.context.Context;
import org.jspecify.annotations.Nullable;

/**
 * Under which context a channel's request is sent. Reactor Netty writes on the event loop of a
 * pooled connection, where no thread-local leads back: it is asked for the subscriber's context.
 */
final class ParentContext {
  private static volatile boolean withoutReactorNetty;

  private ParentContext() {}

  static Context of(Channel channel) {
    if (!withoutReactorNetty) {
      try {
        @Nullable Context ofSubscriber = ReactorNettyContext.of(channel);
        if (ofSubscriber != null) {
          return ofSubscriber;
        }
      } catch (LinkageError absent) {
        withoutReactorNetty = true;
      }
    }
    return Context.current();
  }
}
