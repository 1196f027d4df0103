package dev.sextant.agent.instrumentation.springwebflux;

import static net.bytebuddy.matcher.ElementMatchers.isAbstract;
import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.not;
import static net.bytebuddy.matcher.ElementMatchers.takesArguments;

import dev.sextant.agent.core.weave.LibraryInstrumentation;
import dev.sextant.agent.core.weave.TypeRule;
import java.util.Arrays;
import java.util.List;

/**
 * The server span is the server's, Netty's for one. Here it enters Reactor's context, which every
 * operator below the handler sees, and gets its route.
 */
public final class SpringWebFluxInstrumentation implements LibraryInstrumentation {
  private static final String PACKAGE = "dev.sextant.agent.instrumentation.springwebflux.";

  @Override
  public String name() {
    return "spring-webflux";
  }

  @Override
  public List<TypeRule> rules() {
    return Arrays.asList(
        TypeRule.named("org.springframework.web.server.adapter.HttpWebHandlerAdapter")
            .advise(named("handle").and(takesArguments(2)), PACKAGE + "ServeAdvice")
            .advise(
                named("createExchange").and(takesArguments(2)), PACKAGE + "CreateExchangeAdvice"),
        TypeRule.subtypesOf("org.springframework.web.reactive.HandlerAdapter", "Adapter")
            .advise(
                named("handle").and(takesArguments(2)).and(not(isAbstract())),
                PACKAGE + "HandleAdvice"));
  }
}
