package dev.sextant.agent.instrumentation.netty;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import java.util.Map;

/** By name, for Netty's TLS handler is a jar of its own that may be absent. */
final class Tls {
  private Tls() {}

  static boolean isUsedBy(Channel channel) {
    for (Map.Entry<String, ChannelHandler> entry : channel.pipeline()) {
      if (entry.getValue().getClass().getName().equals("io.netty.handler.ssl.SslHandler")) {
        return true;
      }
    }
    return false;
  }
}
