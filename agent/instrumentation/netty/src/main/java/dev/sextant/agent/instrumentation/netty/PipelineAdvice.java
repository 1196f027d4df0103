package dev.sextant.agent.instrumentation.netty;

import io.netty.channel.ChannelPipeline;
import net.bytebuddy.asm.Advice;

/** Every way in which a handler enters a pipeline; the last argument is the handler. */
public final class PipelineAdvice {
  private PipelineAdvice() {}

  @Advice.OnMethodExit(suppress = Throwable.class, inline = false)
  public static void exit(
      @Advice.This ChannelPipeline pipeline, @Advice.AllArguments Object[] arguments) {
    HttpPipelines.entered(pipeline, arguments[arguments.length - 1]);
  }
}
