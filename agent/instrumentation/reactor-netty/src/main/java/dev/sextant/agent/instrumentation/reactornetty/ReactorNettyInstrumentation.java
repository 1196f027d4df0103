package dev.sextant.agent.instrumentation.reactornetty;

import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.takesArguments;

import dev.sextant.agent.core.weave.LibraryInstrumentation;
import dev.sextant.agent.core.weave.TypeRule;
import java.util.Collections;
import java.util.List;

/** The one place where every request of Reactor Netty's client is subscribed to. */
public final class ReactorNettyInstrumentation implements LibraryInstrumentation {
  @Override
  public String name() {
    return "reactor-netty";
  }

  @Override
  public List<TypeRule> rules() {
    return Collections.singletonList(
        TypeRule.named("reactor.netty.http.client.HttpClientConnect$MonoHttpConnect")
            .advise(
                named("subscribe").and(takesArguments(1)),
                "dev.sextant.agent.instrumentation.reactornetty.SubscribeAdvice"));
  }
}
