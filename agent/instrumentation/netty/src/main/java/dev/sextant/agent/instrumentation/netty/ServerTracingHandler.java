package dev.sextant.agent.instrumentation.netty;

import dev.sextant.agent.core.http.HttpServerSpan;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.LastHttpContent;
import io.opentelemetry.context.Scope;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * One server channel. Requests may be pipelined: answers come in their order, so the oldest open
 * span is the one being answered. Used on the channel's event loop only.
 */
final class ServerTracingHandler extends ChannelDuplexHandler {
  private final Deque<HttpServerSpan> open = new ArrayDeque<>();
  private int status;

  @Override
  public void channelRead(ChannelHandlerContext channel, Object message) throws Exception {
    HttpServerSpan span = open.peekLast();
    if (message instanceof HttpRequest) {
      span =
          HttpServerSpan.start(
              "netty", new NettyServerRequest((HttpRequest) message, channel.channel()));
      open.add(span);
    }
    if (span == null) {
      channel.fireChannelRead(message);
      return;
    }
    try (Scope ignored = span.context().makeCurrent()) {
      channel.fireChannelRead(message);
    }
  }

  @Override
  public void write(ChannelHandlerContext channel, Object message, ChannelPromise promise)
      throws Exception {
    boolean interim = false;
    if (message instanceof HttpResponse) {
      status = ((HttpResponse) message).status().code();
      interim = status < 200 && status != 101;
    }
    HttpServerSpan span = message instanceof LastHttpContent && !interim ? open.pollFirst() : null;
    channel.write(message, span == null ? promise : ending(span, promise));
  }

  private ChannelPromise ending(HttpServerSpan span, ChannelPromise promise) {
    int answered = status;
    ChannelPromise kept = promise.unvoid();
    kept.addListener(
        written -> {
          span.error(written.cause());
          span.end(written.cause() == null ? answered : 0);
        });
    return kept;
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext channel, Throwable cause) throws Exception {
    HttpServerSpan span = open.peekFirst();
    if (span != null) {
      span.error(cause);
    }
    channel.fireExceptionCaught(cause);
  }

  @Override
  public void channelInactive(ChannelHandlerContext channel) throws Exception {
    for (@Nullable HttpServerSpan span = open.poll(); span != null; span = open.poll()) {
      span.end(0);
    }
    channel.fireChannelInactive();
  }
}
