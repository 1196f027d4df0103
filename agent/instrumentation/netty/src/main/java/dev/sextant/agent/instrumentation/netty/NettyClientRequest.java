package dev.sextant.agent.instrumentation.netty;

import dev.sextant.agent.core.http.Authority;
import dev.sextant.agent.core.http.HttpClientRequest;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.HttpRequest;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/** A request head on its way out. */
final class NettyClientRequest implements HttpClientRequest {
  private final HttpRequest request;
  private final Channel channel;
  private final @Nullable Authority authority;

  NettyClientRequest(HttpRequest request, Channel channel) {
    this.request = request;
    this.channel = channel;
    this.authority = Authority.parse(request.headers().get("host"));
  }

  @Override
  public String method() {
    return request.method().name();
  }

  @Override
  public String url() {
    String uri = request.uri();
    if (!uri.startsWith("/")) {
      return uri;
    }
    String scheme = Tls.isUsedBy(channel) ? "https" : "http";
    String host = request.headers().get("host");
    return scheme + "://" + (host == null ? host() : host) + uri;
  }

  @Override
  public @Nullable String host() {
    if (authority != null) {
      return authority.host;
    }
    InetSocketAddress peer = peer();
    return peer == null ? null : peer.getHostString();
  }

  @Override
  public int port() {
    if (authority != null && authority.port > 0) {
      return authority.port;
    }
    InetSocketAddress peer = peer();
    return peer == null ? 0 : peer.getPort();
  }

  @Override
  public void setHeader(String name, String value) {
    request.headers().set(name, value);
  }

  private @Nullable InetSocketAddress peer() {
    SocketAddress peer = channel.remoteAddress();
    return peer instanceof InetSocketAddress ? (InetSocketAddress) peer : null;
  }
}
