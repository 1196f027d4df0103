package dev.sextant.agent.instrumentation.netty;

import dev.sextant.agent.core.http.HttpServerRequest;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.HttpRequest;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/** A request head that a server channel received. */
final class NettyServerRequest implements HttpServerRequest {
  private final HttpRequest request;
  private final Channel channel;
  private final String target;

  NettyServerRequest(HttpRequest request, Channel channel) {
    this.request = request;
    this.channel = channel;
    String uri = request.uri();
    int authority = uri.startsWith("/") ? -1 : uri.indexOf("://");
    int path = authority < 0 ? 0 : uri.indexOf('/', authority + 3);
    this.target = path < 0 ? "/" : uri.substring(path);
  }

  @Override
  public String method() {
    return request.method().name();
  }

  @Override
  public String scheme() {
    return Tls.isUsedBy(channel) ? "https" : "http";
  }

  @Override
  public String path() {
    int query = target.indexOf('?');
    return query < 0 ? target : target.substring(0, query);
  }

  @Override
  public @Nullable String query() {
    int query = target.indexOf('?');
    return query < 0 ? null : target.substring(query + 1);
  }

  @Override
  public @Nullable String header(String name) {
    return request.headers().get(name);
  }

  @Override
  public Iterable<String> headerNames() {
    return request.headers().names();
  }

  @Override
  public @Nullable String protocolVersion() {
    return request.protocolVersion().majorVersion()
        + "."
        + request.protocolVersion().minorVersion();
  }

  @Override
  public @Nullable String peerAddress() {
    SocketAddress peer = channel.remoteAddress();
    return peer instanceof InetSocketAddress && ((InetSocketAddress) peer).getAddress() != null
        ? ((InetSocketAddress) peer).getAddress().getHostAddress()
        : null;
  }

  @Override
  public int peerPort() {
    SocketAddress peer = channel.remoteAddress();
    return peer instanceof InetSocketAddress ? ((InetSocketAddress) peer).getPort() : 0;
  }
}
