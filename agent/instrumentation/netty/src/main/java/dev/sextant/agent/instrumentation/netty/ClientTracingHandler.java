package dev.sextant.agent.instrumentation.netty;

import dev.sextant.agent.core.http.HttpClientSpan;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * One client channel; a span for each request that goes out on it. Used on the channel's event loop
 * only.
 */
final class ClientTracingHandler extends ChannelDuplexHandler {
  private final Deque<HttpClientSpan> open = new ArrayDeque<>();
  private int status;

  @Override
  public void write(ChannelHandlerContext channel, Object message, ChannelPromise promise)
      throws Exception {
    HttpClientSpan span =
        message instanceof HttpRequest ? begin(channel, (HttpRequest) message) : null;
    if (span == null) {
      channel.write(message, promise);
      return;
    }
    open.add(span);
    ChannelPromise kept = promise.unvoid();
    kept.addListener(
        written -> {
          if (written.cause() != null) {
            span.end(0, written.cause());
            open.remove(span);
          }
        });
    channel.write(message, kept);
  }

  private static @Nullable HttpClientSpan begin(
      ChannelHandlerContext channel, HttpRequest request) {
    if (request.method().equals(HttpMethod.CONNECT)) {
      return null;
    }
    return HttpClientSpan.start(
        "netty",
        ParentContext.of(channel.channel()),
        new NettyClientRequest(request, channel.channel()));
  }

  @Override
  public void channelRead(ChannelHandlerContext channel, Object message) throws Exception {
    boolean interim = false;
    if (message instanceof HttpResponse) {
      status = ((HttpResponse) message).status().code();
      interim = status < 200 && status != 101;
    }
    if (message instanceof LastHttpContent && !interim) {
      HttpClientSpan span = open.poll();
      if (span != null) {
        span.end(status, null);
      }
    }
    channel.fireChannelRead(message);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext channel, Throwable cause) throws Exception {
    endAll(cause);
    channel.fireExceptionCaught(cause);
  }

  @Override
  public void channelInactive(ChannelHandlerContext channel) throws Exception {
    endAll(null);
    channel.fireChannelInactive();
  }

  private void endAll(@Nullable Throwable cause) {
    for (@Nullable HttpClientSpan span = open.poll(); span != null; span = open.poll()) {
      span.end(0, cause);
    }
  }
}
