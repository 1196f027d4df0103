package dev.sextant.agent.instrumentation.netty;

import static net.bytebuddy.matcher.ElementMatchers.isPublic;
import static net.bytebuddy.matcher.ElementMatchers.namedOneOf;

import dev.sextant.agent.core.weave.LibraryInstrumentation;
import dev.sextant.agent.core.weave.TypeRule;
import java.util.Collections;
import java.util.List;

/** A channel speaks HTTP/1.1 from the moment its codec enters the pipeline. */
public final class NettyInstrumentation implements LibraryInstrumentation {
  @Override
  public String name() {
    return "netty";
  }

  @Override
  public List<TypeRule> rules() {
    return Collections.singletonList(
        TypeRule.named("io.netty.channel.DefaultChannelPipeline")
            .advise(
                namedOneOf("addFirst", "addLast", "addBefore", "addAfter", "replace")
                    .and(isPublic()),
                "dev.sextant.agent.instrumentation.netty.PipelineAdvice"));
  }
}
