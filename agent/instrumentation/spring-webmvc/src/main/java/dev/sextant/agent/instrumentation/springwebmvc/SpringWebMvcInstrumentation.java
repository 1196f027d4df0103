package dev.sextant.agent.instrumentation.springwebmvc;

import static net.bytebuddy.matcher.ElementMatchers.isAbstract;
import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.not;
import static net.bytebuddy.matcher.ElementMatchers.takesArguments;

import dev.sextant.agent.core.weave.LibraryInstrumentation;
import dev.sextant.agent.core.weave.TypeRule;
import java.util.Collections;
import java.util.List;

/** A request reaches a handler adapter when its handler, and with it the route, is known. */
public final class SpringWebMvcInstrumentation implements LibraryInstrumentation {
  @Override
  public String name() {
    return "spring-webmvc";
  }

  @Override
  public List<TypeRule> rules() {
    return Collections.singletonList(
        TypeRule.subtypesOf("org.springframework.web.servlet.HandlerAdapter", "Adapter")
            .advise(
                named("handle").and(takesArguments(3)).and(not(isAbstract())),
                "dev.sextant.agent.instrumentation.springwebmvc.HandleAdvice"));
  }
}
