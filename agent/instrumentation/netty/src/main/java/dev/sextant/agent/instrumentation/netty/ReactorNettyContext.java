package dev.sextant.agent.instrumentation.netty;

import dev.sextant.agent.core.context.ReactorKey;
import dev.sextant.agent.core.weave.OptionalLibrary;
import io.netty.channel.Channel;
import io.opentelemetry.context.Context;
import org.jspecify.annotations.Nullable;
import reactor.netty.channel.ChannelOperations;

@OptionalLibrary
final class ReactorNettyContext {
  private ReactorNettyContext() {}

  static @Nullable Context of(Channel channel) {
    ChannelOperations<?, ?> operations = ChannelOperations.get(channel);
    Object context =
        operations == null ? null : operations.currentContext().getOrDefault(ReactorKey.NAME, null);
    return context instanceof Context ? (Context) context : null;
  }
}
