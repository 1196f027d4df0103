package dev.sextant.agent.instrumentation.apachehttpclient5;

import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.takesArguments;

import dev.sextant.agent.core.weave.LibraryInstrumentation;
import dev.sextant.agent.core.weave.TypeRule;
import java.util.Collections;
import java.util.List;

/** All {@code execute} overloads of the classic clients end in {@code doExecute}. */
public final class ApacheHttpClient5Instrumentation implements LibraryInstrumentation {
  @Override
  public String name() {
    return "apache-httpclient-5";
  }

  @Override
  public List<TypeRule> rules() {
    String clients = "org.apache.hc.client5.http.impl.classic.";
    return Collections.singletonList(
        TypeRule.named(clients + "InternalHttpClient", clients + "MinimalHttpClient")
            .advise(
                named("doExecute").and(takesArguments(3)),
                "dev.sextant.agent.instrumentation.apachehttpclient5.ExecuteAdvice"));
  }
}
