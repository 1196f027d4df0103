package dev.sextant.agent.instrumentation.tomcat;

import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.takesArgument;
import static net.bytebuddy.matcher.ElementMatchers.takesArguments;

import dev.sextant.agent.core.weave.LibraryInstrumentation;
import dev.sextant.agent.core.weave.TypeRule;
import java.util.Arrays;
import java.util.List;

/** The adapter between Tomcat's connector and its container sees every request once. */
public final class TomcatInstrumentation implements LibraryInstrumentation {
  private static final String PACKAGE = "dev.sextant.agent.instrumentation.tomcat.";

  @Override
  public String name() {
    return "tomcat";
  }

  @Override
  public List<TypeRule> rules() {
    return Arrays.asList(
        TypeRule.named("org.apache.catalina.connector.CoyoteAdapter")
            .advise(named("service").and(takesArguments(2)), PACKAGE + "ServiceAdvice")
            .advise(named("asyncDispatch").and(takesArguments(3)), PACKAGE + "AsyncAdvice"),
        TypeRule.named("org.apache.catalina.core.StandardWrapperValve")
            .advise(
                named("exception").and(takesArguments(3)).and(takesArgument(2, Throwable.class)),
                PACKAGE + "ExceptionAdvice"));
  }
}
