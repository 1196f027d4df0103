package dev.sextant.agent.instrumentation.netty;

import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.HttpRequestEncoder;
import io.netty.handler.codec.http.HttpResponseDecoder;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.handler.codec.http.HttpServerCodec;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Puts the tracing handler behind the codec, where messages are whole requests and responses. */
final class HttpPipelines {
  private static final String SERVER = "dev.sextant.agent.server";
  private static final String CLIENT = "dev.sextant.agent.client";

  private HttpPipelines() {}

  static void entered(ChannelPipeline pipeline, @Nullable Object handler) {
    if (handler instanceof HttpServerCodec) {
      addAfter(pipeline, (ChannelHandler) handler, SERVER);
    } else if (handler instanceof HttpClientCodec) {
      addAfter(pipeline, (ChannelHandler) handler, CLIENT);
    } else if (handler instanceof HttpRequestDecoder || handler instanceof HttpResponseEncoder) {
      addAfterBoth(pipeline, HttpRequestDecoder.class, HttpResponseEncoder.class, SERVER);
    } else if (handler instanceof HttpRequestEncoder || handler instanceof HttpResponseDecoder) {
      addAfterBoth(pipeline, HttpRequestEncoder.class, HttpResponseDecoder.class, CLIENT);
    }
  }

  private static void addAfterBoth(
      ChannelPipeline pipeline,
      Class<? extends ChannelHandler> first,
      Class<? extends ChannelHandler> second,
      String name) {
    ChannelHandler later = null;
    int found = 0;
    for (Map.Entry<String, ChannelHandler> entry : pipeline) {
      if (first.isInstance(entry.getValue()) || second.isInstance(entry.getValue())) {
        later = entry.getValue();
        found++;
      }
    }
    if (found == 2 && later != null) {
      addAfter(pipeline, later, name);
    }
  }

  private static void addAfter(ChannelPipeline pipeline, ChannelHandler codec, String name) {
    ChannelHandlerContext context = pipeline.context(codec);
    if (context != null && pipeline.get(name) == null) {
      ChannelHandler tracing =
          name.equals(SERVER) ? new ServerTracingHandler() : new ClientTracingHandler();
      pipeline.addAfter(context.name(), name, tracing);
    }
  }
}
